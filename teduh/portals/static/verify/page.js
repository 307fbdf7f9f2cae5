/* The verifying page: takes a card's text (scanned, from a photo, pasted or in the address after #) and says in plain
   words whether it is genuine and what it means today. Nothing leaves the device. */
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const jwks = JSON.parse($("keys").textContent);
  const MONTHS = {
    id: "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(" "),
    en: "January February March April May June July August September October November December".split(" "),
  };
  const MIGRANT = 4;
  const SEGMENTS = { 1: ["Pekerja mandiri (BPU)", "Self-employed"], 2: ["Penerima upah", "Wage earner"],
    3: ["Jasa konstruksi", "Construction"], 4: ["Pekerja migran", "Migrant worker"] };
  const PROGRAMMES = { JKK: ["kecelakaan kerja", "work accident"], JKM: ["kematian", "death"],
    JHT: ["hari tua", "old age"], JP: ["pensiun", "pension"], JKP: ["kehilangan pekerjaan", "job loss"] };
  const SAYS = {
    protected: ["good", "ASLI — masih berlaku hari ini", "GENUINE — protected today"],
    grace: ["care", "ASLI — iuran menunggak, dalam masa tenggang", "GENUINE — contributions late, within grace"],
    returning: ["good", "ASLI — masih terlindungi, waktu untuk pulang", "GENUINE — still protected, time to return"],
    past: ["care", "ASLI — tetapi perlindungan sudah lewat", "GENUINE — but the protection has passed"],
    never: ["care", "ASLI — tidak ada perlindungan aktif", "GENUINE — no active protection"],
    expired: ["care", "ASLI — tetapi kartu sudah kedaluwarsa", "GENUINE — but the card has expired"],
    not_a_card: ["bad", "Ini bukan kartu Teduh", "This is not a Teduh card"],
    damaged: ["bad", "TIDAK SAH — teks kartu rusak, terpotong, atau palsu", "NOT VALID — damaged, cut off, or forged"],
    forged: ["bad", "TIDAK SAH — isi kartu diubah atau dipalsukan", "NOT VALID — the card was altered or forged"],
    unknown_key: ["bad", "TIDAK SAH — kunci penanda tangan tidak dikenal", "NOT VALID — unknown signing key"],
    old_browser: ["bad", "Peramban ini tidak dapat memeriksa tanda tangan", "This browser cannot check signatures"],
  };
  const NEXT = {
    grace: ["Perawatan kecelakaan kerja tetap diberikan; manfaat uang setelah tunggakan dilunasi.",
      "Medical care for a work accident is still given; cash benefits once arrears are paid."],
    returning: ["Masa yang dibayar sudah lewat. Masih bekerja di luar negeri: perpanjang dan bayar sekarang.",
      "The paid time has passed. Still working abroad: extend and pay now."],
    past: ["Mungkin ia sudah membayar sejak kartu ini dibuat: minta kartu yang baru.",
      "He may have paid since this card was made: ask for a fresh card."],
    never: ["Minta kartu yang baru setelah iuran pertama dibayar.", "Ask for a fresh card once the first contribution is paid."],
    expired: ["Minta kartu yang baru.", "Ask for a fresh card."],
    damaged: ["Pindai atau salin ulang seluruh teksnya, mulai dari TDH1:", "Scan or copy the whole text again, from TDH1:"],
    unknown_key: ["Buka halaman ini sekali dengan internet untuk memperbarui daftar kunci, lalu periksa lagi.",
      "Open this page once with internet to refresh the list of keys, then check again."],
    forged: ["Jangan diterima. Cari nomor pesertanya di kantor cabang.", "Do not accept it. Look the member up at a branch."],
    not_a_card: ["Teks kartu diawali TDH1:", "A card's text begins with TDH1:"],
    old_browser: ["Gunakan peramban yang lebih baru.", "Use a newer browser."],
  };

  const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Jakarta" }).format(new Date());
  const words = (iso, language) => {
    const [year, month, date] = iso.split("-").map(Number);
    return `${date} ${MONTHS[language][month - 1]} ${year}`;
  };
  const days = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 864e5);

  function line(parent, tag, id, en) {
    const element = document.createElement(tag);
    element.append(id);
    const beside = document.createElement("span");
    beside.lang = "en";
    beside.textContent = en;
    element.append(beside);
    parent.append(element);
  }

  function fact(list, id, en, value, valueEn) {
    line(list, "dt", id, en);
    line(list, "dd", value, valueEn || "");
  }

  function show(state, card) {
    const [colour, id, en] = SAYS[state], result = $("result"), next = NEXT[state];
    result.replaceChildren();
    result.className = colour;
    line(result, "h2", id, en);
    if (card) facts(result, card, state);
    if (next) line(result, "p", next[0], next[1]);
    result.hidden = false;
    result.focus();
  }

  function facts(result, card, state) {
    const list = document.createElement("dl"), now = today();
    fact(list, "Nama", "Name", card.name);
    fact(list, "Nomor peserta", "Member number", card.number);
    fact(list, "Segmen", "Segment", ...(SEGMENTS[card.segment] || [String(card.segment)]));
    if (card.until) {
      fact(list, "Terlindungi sampai", "Protected until", words(card.until, "id"), words(card.until, "en"));
      const names = card.programmes.map((p) => [p, ...PROGRAMMES[p]]);
      fact(list, "Program", "Programmes", names.map(([p, id]) => `${p} (${id})`).join(", "), names.map((n) => n[2]).join(", "));
    }
    if (state === "returning") fact(list, "Waktu pulang sampai", "Time to return until", words(card.grace, "id"), words(card.grace, "en"));
    if (state === "grace") fact(list, "Masa tenggang sampai", "Grace until", words(card.grace, "id"), words(card.grace, "en"));
    fact(list, "Kartu dibuat", "Card made", words(card.issued, "id"), words(card.issued, "en"));
    fact(list, "Hari ini menurut perangkat ini", "Today on this device", words(now, "id"), words(now, "en"));
    result.append(list);
    if (card.issued > now) line(result, "p", "Jam perangkat ini tampaknya salah.", "The clock of this device seems wrong.");
  }

  async function check(text) {
    try {
      if (!globalThis.crypto || !crypto.subtle) return show("old_browser");
      const card = await Card.read(text, jwks);
      const state = Card.standing(card, today());
      show(state === "grace" && card.segment === MIGRANT ? "returning" : state, card);
    } catch (error) { show(error.code in SAYS ? error.code : "damaged"); }
  }

  function age() {
    const old = days(jwks.as_of, today());
    $("age").textContent = `${words(jwks.as_of, "id")} (${Math.max(old, 0)} hari lalu)`;
    $("age-en").textContent = `${words(jwks.as_of, "en")} (${Math.max(old, 0)} days ago)`;
    $("stale").hidden = old <= 90;
  }

  async function scanning() {
    if (!("BarcodeDetector" in globalThis)) return;
    const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
    if (!formats.includes("qr_code")) return;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    $("photo-row").hidden = false;
    $("photo").addEventListener("change", async () => {
      const [file] = $("photo").files;
      const found = file ? await detector.detect(await createImageBitmap(file)).catch(() => []) : [];
      if (found.length) check(($("text").value = found[0].rawValue));
      else show("not_a_card");
    });
    if (!navigator.mediaDevices) return;
    $("scan").hidden = false;
    $("scan").addEventListener("click", () => camera(detector));
  }

  async function camera(detector) {
    const video = $("video");
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null);
    if (!stream) return;
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    const timer = setInterval(async () => {
      const found = await detector.detect(video).catch(() => []);
      const card = found.find((code) => code.rawValue.startsWith("TDH1:"));
      if (!card) return;
      clearInterval(timer);
      stream.getTracks().forEach((track) => track.stop());
      video.hidden = true;
      check(($("text").value = card.rawValue));
    }, 250);
  }

  $("form").addEventListener("submit", (event) => { event.preventDefault(); check($("text").value); });
  age();
  scanning();
  if (location.hash.length > 1) check(($("text").value = decodeURIComponent(location.hash.slice(1))));
  const worker = document.documentElement.dataset.worker;
  if (worker && "serviceWorker" in navigator) navigator.serviceWorker.register(worker);
})();
