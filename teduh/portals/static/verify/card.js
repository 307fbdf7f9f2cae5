/* Reads and checks a card (TDH1:): base45 (RFC 9285), canonical CBOR (RFC 8949), COSE_Sign1 with ES256 (RFC 9052).
   No library, no network. Anything that is not exactly as the fund would write it is refused. */
"use strict";
const Card = (() => {
  const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  const refuse = (code) => { throw Object.assign(new Error(code), { code }); };

  function base45(text) {
    const out = [];
    for (let i = 0; i < text.length; i += 3) {
      const part = [...text.slice(i, i + 3)].map((c) => ALPHABET.indexOf(c));
      const value = part.reduce((sum, n, at) => sum + n * 45 ** at, 0);
      if (part.includes(-1) || part.length === 1 || value > (part.length === 3 ? 0xffff : 0xff)) refuse("damaged");
      if (part.length === 3) out.push(value >> 8);
      out.push(value & 255);
    }
    return Uint8Array.from(out);
  }

  function cbor(bytes) {
    let at = 0;
    const take = (n) => { if (at + n > bytes.length) refuse("damaged"); at += n; return bytes.subarray(at - n, at); };
    function head() {
      const first = take(1)[0], small = first & 31;
      if (small < 24) return [first >> 5, small];
      if (small > 27) refuse("damaged");
      const value = take(1 << (small - 24)).reduce((sum, byte) => sum * 256 + byte, 0);
      const least = [24, 256, 65536, 2 ** 32][small - 24];
      if (value < least || value > Number.MAX_SAFE_INTEGER) refuse("damaged");
      return [first >> 5, value];
    }
    function item() {
      const [major, n] = head();
      if (major === 0) return n;
      if (major === 1) return -1 - n;
      if (major === 2) return take(n);
      if (major === 3) return new TextDecoder("utf-8", { fatal: true }).decode(take(n));
      if (major === 4) { const list = []; for (let i = 0; i < n; i++) list.push(item()); return list; }
      if (major === 5) {
        const map = new Map();
        for (let i = 0; i < n; i++) { const key = item(); if (map.has(key)) refuse("damaged"); map.set(key, item()); }
        return map;
      }
      if (major === 6) return { tag: n, value: item() };
      return n === 22 ? null : refuse("damaged");
    }
    const value = item();
    if (at !== bytes.length) refuse("damaged");
    return value;
  }

  function bytestring(bytes) {
    const n = bytes.length;
    return n < 24 ? [0x40 + n, ...bytes] : n < 256 ? [0x58, n, ...bytes] : [0x59, n >> 8, n & 255, ...bytes];
  }

  const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const day = (n) => (n === null ? null : new Date(n * 864e5).toISOString().slice(0, 10));
  const jakarta = (seconds) => day(Math.floor((seconds + 7 * 3600) / 86400));
  const PROGRAMMES = ["JKK", "JKM", "JHT", "JP", "JKP"];

  /** The card's claims, or an error whose `code` is: not_a_card, damaged, unknown_key, forged. */
  async function read(text, jwks) {
    text = text.replace(/[\r\n\t]/g, "").trim();
    if (!text.startsWith("TDH1:")) refuse("not_a_card");
    let cose, header;
    try {
      cose = cbor(base45(text.slice(5)));
      if (cose.tag !== 18 || cose.value.length !== 4 || cose.value[1].size !== 0) refuse("damaged");
      header = cbor(cose.value[0]);
      if (header.size !== 2 || header.get(1) !== -7 || cose.value[3].length !== 64) refuse("damaged");
    } catch (error) { refuse("damaged"); }
    const [head, , payload, signature] = cose.value;
    const kid = hex(header.get(4));
    const jwk = jwks.keys.find((key) => key.kid === kid);
    if (!jwk) refuse("unknown_key");
    const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("jwk", { kty: "EC", crv: "P-256", x: jwk.x, y: jwk.y }, ecdsa, false, ["verify"]);
    const context = [..."Signature1"].map((c) => c.charCodeAt(0));
    const signed = Uint8Array.from([0x84, 0x6a, ...context, ...bytestring(head), 0x40, ...bytestring(payload)]);
    if (!(await crypto.subtle.verify(ecdsa, key, signature, signed))) refuse("forged");
    const claims = cbor(payload), cover = claims.get(-70001);
    return {
      number: claims.get(2), name: cover[0], segment: cover[1],
      programmes: PROGRAMMES.filter((_, bit) => cover[2] & (1 << bit)),
      until: day(cover[3]), grace: day(cover[4]),
      issued: jakarta(claims.get(6)), expires: jakarta(claims.get(4) - 1), kid, keyMade: jwk.made,
    };
  }

  /** protected, grace, past, never or expired, on a date written 2026-11-22. */
  function standing(card, today) {
    if (card.until === null) return today > card.expires ? "expired" : "never";
    if (today > card.grace) return "past";
    if (today > card.expires) return "expired";
    return today <= card.until ? "protected" : "grace";
  }

  return { read, standing };
})();
