"""Documents cannot rot: links lead somewhere, commands exist, settings are explained, no machine is named."""

from __future__ import annotations

import re

import pytest

from tests.architecture import sources

PAGES = list(sources.files(".md"))
LINK = re.compile(r"(?<!`)!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
BLOCK = re.compile(r"^```(?:sh|bash|console|shell)?\n(.*?)^```", re.M | re.S)
INLINE = re.compile(r"`((?:make|teduh) [^`]*)`")
TEXTS = list(sources.files(".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".sql", ".yaml", ".yml", ".json", ""))
#: Written apart, so that this page does not name them either.
HOSTS = tuple(
    "".join(parts) for parts in (("pypi", ".org"), ("python", "hosted"), ("registry.", "npmjs"), ("index-", "url "))
)
PLACES = tuple("".join(parts) for parts in (("/wo", "rk/"), ("/ro", "ot/"), ("/ho", "me/")))


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower().replace("`", "")).replace(" ", "-")


def _prose(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)


@pytest.mark.parametrize("page", PAGES, ids=sources.name)
def test_every_link_leads_somewhere(page):
    broken = []
    for target in LINK.findall(_prose(page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        if not there.exists():
            broken.append(target)
        elif anchor and there.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", there.read_text(encoding="utf-8"), re.M)
            if anchor not in map(_anchor, headings):
                broken.append(target)
    assert not broken


def test_every_decision_is_listed_and_has_its_number():
    folder = sources.ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    records = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert [name for name in records if name not in listed] == []
    assert len({name[:4] for name in records}) == len(records)


def test_every_page_of_docs_is_reached_from_the_readme():
    start, seen = sources.ROOT / "README.md", set()
    waiting = [start]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        targets = LINK.findall(page.read_text(encoding="utf-8"))
        waiting += [(page.parent / t.partition("#")[0]).resolve() for t in targets if not re.match(r"[a-z]+:|#", t)]
    assert set((sources.ROOT / "docs").rglob("*.md")) - seen == set()


@pytest.mark.parametrize("page", PAGES, ids=sources.name)
def test_every_command_in_a_document_exists(page):
    import click

    from teduh.cli.main import EVERY, teduh

    targets = set(re.findall(r"^([a-z-]+):", (sources.ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    text = page.read_text(encoding="utf-8")
    lines = [line.strip().removeprefix("$ ") for block in BLOCK.findall(text) for line in block.splitlines()]
    unknown = []
    for line in [*lines, *INLINE.findall(text)]:
        words = re.sub(r"^([A-Z_]+=\S+ )+", "", line).removeprefix(".venv/bin/").split()
        if len(words) < 2 or words[0] not in ("make", "teduh") or not re.match(r"[a-z]", words[1]):
            continue
        if words[0] == "make" and words[1] not in targets:
            unknown.append(line)
        if words[0] == "teduh" and (words[1] not in EVERY or _unknown_part(teduh, click, words)):
            unknown.append(line)
    assert not unknown


def _unknown_part(teduh, click, words: list[str]) -> bool:
    """Whether the words after a group's name are no command of it, or an option is unknown to the command."""
    command = teduh.get_command(click.Context(teduh), words[1])
    if command is None:
        return True
    if isinstance(command, click.Group) and len(words) > 2 and re.match(r"[a-z]", words[2]):
        command = command.commands.get(words[2].rstrip(",.;:"))
        if command is None:
            return "|" not in words[2]
    known = {option for parameter in command.params for option in parameter.opts} | {"--help", "-h", "--data-dir"}
    used = {word.partition("=")[0] for word in words if word.startswith("--")}
    return not isinstance(command, click.Group) and not used <= known


def test_every_setting_is_explained():
    pattern = re.compile(r"\bTEDUH_[A-Z_]+[A-Z]\b")
    read = {name for path in sources.modules() for name in pattern.findall(path.read_text(encoding="utf-8"))}
    explained = {name for page in PAGES for name in pattern.findall(page.read_text(encoding="utf-8"))}
    assert read - explained == set()


@pytest.mark.parametrize("words", [HOSTS, PLACES], ids=["registries", "places"])
def test_no_file_names_a_registry_or_somebodys_machine(words):
    found = []
    for path in TEXTS:
        if path.stat().st_size > 2_000_000 or path == sources.ROOT / "LICENSE":
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{sources.name(path)}: {word}" for word in words if word in text]
    assert not found
