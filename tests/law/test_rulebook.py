"""No citation, no value: every rule and value resolves; every article has its place; the files keep their
shape.
"""

import ast
import datetime as dt
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from teduh.law import articles, assessment, codes, deadlines, rulebook, rules, words
from teduh.law.messages import RulebookError
from teduh.law.months import Month
from teduh.law.record import Record

LAW = Path(assessment.__file__).parent
ROOT = LAW.parent.parent
FILES = sorted(LAW.rglob("*.py"))
KNOWN = {(article.instrument, article.name) for article in articles.articles()}


def resolves(citation):
    return all((name, one) in KNOWN or (one == "seluruhnya" and any(name == k for k, _ in KNOWN))
               for name, one in articles.cited(citation))  # fmt: skip


def own(citation):
    return citation.startswith(("keputusan/decision", "BPJS Ketenagakerjaan", "JKP help desk"))


def test_every_rule_cites_an_article_we_know_or_is_our_decision():
    for entry in rules.RULES.values():
        assert entry.articles and entry.id and entry.en
        assert all(own(one) or resolves(one) for one in entry.articles), entry.name
        assert (entry.kind == "decision") == all(own(one) for one in entry.articles)


def test_every_rule_says_its_article_in_both_languages():
    for entry in rules.RULES.values():
        assert entry.says.endswith(".") and entry.says_id.endswith(".") and entry.says != entry.says_id, entry.name
        assert not re.search(r"\b(the|of|is|are|and|pays|month)\b", f"{entry.id} {entry.says_id}"), entry.name
        numbers = [
            sorted(re.findall(r"\d+", text.replace(",", "").replace(".", ""))) for text in (entry.says, entry.says_id)
        ]
        assert numbers[0] == numbers[1], entry.name


def test_a_rule_without_its_sentence_in_bahasa_or_english_cannot_be_registered():
    def told(p):
        """One month costs one rupiah."""

    def silent(p):
        pass

    known = dict(rules.RULES)
    with pytest.raises(TypeError, match="says_id"):
        rules.rule("PP 44/2015 Pasal 20", id="Iuran", en="Contribution")(told)
    with pytest.raises(ValueError, match="told must say"):
        rules.rule("PP 44/2015 Pasal 20", id="Iuran", en="Contribution", says_id="")(told)
    with pytest.raises(ValueError, match="silent must say"):
        rules.rule("PP 44/2015 Pasal 20", id="Iuran", en="Contribution", says_id="Satu rupiah.")(silent)
    assert known == rules.RULES


def test_every_input_unit_and_decision_of_ours_has_words_in_both_languages():
    for entry in rules.RULES.values():
        code = entry.function.__code__
        assert set(code.co_varnames[: code.co_argcount]) - {"p"} <= set(words.INPUTS), entry.name
        assert {one for one in entry.articles if one.startswith("keputusan/decision")} <= set(words.OWN)
    units = {value.unit for values in rulebook.parameters().values() for value in values}
    units |= {promise.unit for promises in deadlines.promises().values() for promise in promises}
    assert units == set(words.UNITS)
    for table, coded in (("SECTORS", "sector"), ("WAGE_TYPES", "wage_type"), ("ROUTES", "route"), ("STAGES", "stage")):
        assert set(getattr(codes, table).values()) == set(words.CODED[coded])


def test_every_value_cites_an_article_we_know():
    for name in rulebook.parameters():
        for value in rulebook.values(name):
            assert own(value.citation) or resolves(value.citation), (name, value.citation)
            assert value.id and value.en and value.unit and value.id != value.en
            assert "<http" in value.source and "<http" in value.source_id
            assert not re.search(r"\b(of|and|on|by|text|the)\b", value.source_id.partition("<")[0]), value.source_id
            assert not value.note or (value.note.id and value.note.en and value.note.id != value.note.en)


def test_every_promise_cites_an_article_we_know():
    for promises in deadlines.promises().values():
        assert all(own(one) or resolves(one) for promise in promises for one in promise.articles)


def test_every_article_stands_in_a_known_instrument_and_what_implements_it_exists():
    for article in articles.articles():
        assert article.instrument in rulebook.instruments()
        if article.state == "implemented":
            module, _, name = article.by.rpartition(".")
            assert hasattr(importlib.import_module(f"teduh.law.{module}"), name), article
        if article.state == "blind":
            assert article.because.id and article.because.en


def test_each_article_of_the_texts_held_has_one_place():
    for name, last in (
        ("PP 44/2015", 63),
        ("PP 45/2015", 38),
        ("PP 46/2015", 37),
        ("PP 37/2021", 50),
        ("PP 86/2013", 17),
    ):
        listed = [article.name for article in articles.articles() if article.instrument == name]
        assert len(listed) == len(set(listed))
        assert {f"Pasal {n}" for n in range(1, last + 1)} <= set(listed)


def test_the_documentation_names_every_blind_spot_and_every_reason_an_example_is_not_met():
    text = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")
    for article in articles.blind_spots():
        assert article.because.en in text, article
    listed = (ROOT / "tests" / "law" / "cases" / "not_met.csv").read_text(encoding="utf-8").splitlines()[1:]
    for line in listed:
        assert line.split(",")[0] in text, line


def test_the_record_and_the_parameters_agree():
    assert set(Record._fields) <= set(rulebook.parameters())
    for day in rulebook.breaks():
        assert len(rulebook.record(day)) == len(Record._fields)


def test_a_value_is_in_force_from_its_day_to_the_day_before_the_next():
    for name in rulebook.parameters():
        for value in rulebook.values(name):
            assert rulebook.in_force(name, value.since) == value
            if value.until:
                assert rulebook.in_force(name, value.until) == value
        first = rulebook.values(name)[0].since
        with pytest.raises(RulebookError):
            rulebook.in_force(name, first - dt.timedelta(days=1))


def test_the_version_names_the_text():
    assert re.fullmatch(r"[0-9a-f]{16}", rulebook.version())


def test_months_count_and_print():
    month = Month.parse("2026-04")
    assert (month.number, str(month), month.first, month.last) == (
        202604,
        "2026-04",
        dt.date(2026, 4, 1),
        dt.date(2026, 4, 30),
    )
    assert month.plus(9) == Month(2027, 1) and Month(2027, 1).minus(month) == 9 and Month.of(month.last) == month
    assert Month.span(month, 2) == (month, Month(2026, 5))
    for wrong in ("2026-13", "2026", "26-04", "2026-4"):
        with pytest.raises(ValueError, match="is not a month"):
            Month.parse(wrong)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_stays_short_imports_the_standard_library_only_and_reads_no_clock(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 50, node.name
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            raise AssertionError(f"a float in {path.name}")
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("today", "now", "utcnow"), path.name
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            top = name.split(".")[0]
            allowed = top in sys.stdlib_module_names or name.startswith("teduh.law")
            assert allowed or (path.name in ("compiled.py", "columns.py") and top in ("numpy", "numba")), name


def test_the_single_person_path_never_loads_numba_or_django():
    code = "import sys; from teduh.law import assessment, protection, eligibility, nik, due; " \
           "print([m for m in ('numba', 'numpy', 'django') if m in sys.modules])"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_refusal_codes_each_have_their_words():
    refusals = {codes.TOO_EARLY, codes.UNDER_SIX_MONTHS, codes.OVER_FLAT_MONTHS, codes.EXTENSION_BEFORE_2023,
                codes.NOT_A_TIER, codes.NO_BASIS}  # fmt: skip
    assert set(assessment.REFUSALS) == refusals
