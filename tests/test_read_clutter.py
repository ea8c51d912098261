"""Boilerplate goes, sentences stay."""

from __future__ import annotations

import pytest

from search.read.bylines import find_byline
from search.read.clutter import is_caption, is_clutter, looks_like_headline, strip_clutter
from search.read.paragraphs import Paragraph, split_paragraphs


def kept(text: str) -> list[str]:
    return [paragraph.text for paragraph in strip_clutter(split_paragraphs(text))]


@pytest.mark.parametrize(
    "line",
    [
        "Read more:", "Related news", "Editor Picks", "News Code 161047", "Your Comment", "You are replying to: .", "• captcha",  # noqa: E501 - one sample
        "Advertisement", "© 2021 The Daily. All rights reserved.", "Share this story", "Facebook Twitter WhatsApp Print",  # noqa: E501 - one sample
        "Subscribe to our newsletter", "This site uses cookies. By continuing you agree to our policy.", "Tags: Iran, Syria",  # noqa: E501 - one sample
        "Share on: Facebook X WhatsApp", "Skip to content", "Follow us on Twitter", "(Reporting by A B; editing by C D)",  # noqa: E501 - one sample
        "Terms | Privacy | Contact", "5 min read",
        "Reporting by Ann Lee; Editing by Toby Shaw and J.K. Frost", "With reporting by Reuters and AP",
        "To continue reading, subscribe today.", "Already a subscriber? Log in.", "Download our app",
    ],
)  # fmt: skip
def test_read_clutter_is_known(line: str) -> None:
    assert is_clutter(line)


@pytest.mark.parametrize(
    "sentence",
    [
        "Read more books, the minister said.",
        "Share prices fell in Tokyo on Monday.",
        "Advertisement revenue fell by a third last year, the company said.",
        "Related news reached the capital on Sunday, when the army withdrew.",
        "Follow the money, the prosecutor told the court.",
        "Subscribe to that view or not, the vote was lost.",
        "Copyright law is to be changed next year, according to the minister, who spoke to reporters in the capital after "  # noqa: E501 - one sample
        "a meeting of the cabinet that lasted until well after midnight and ended without agreement on the details.",
        "Comments by the president drew criticism.",
        "Print media are in decline.",
        "By the end of the year the army had withdrawn.",
        "Reporting by foreign journalists was banned in the province.",
        "The opinions of the council do not reflect the will of the people.",
        "Powered by the sun, the boat left port.",
        "For top officials, a visit to the dam is a duty.",
        "For more than ten years they join the march.",
        "Join the group or leave, he told them.",
        "Already a member of the council, he ran again.",
        "To keep reading the law as it was written, the court said, is its task.",
        "Translated by his daughter, the poem won a prize.",
        "Captchas are a nuisance, engineers say, and they will be gone within ten years if the standard is adopted.",
    ],
)
def test_read_clutter_near_misses_stay(sentence: str) -> None:
    assert kept(sentence) == [sentence]


def test_read_clutter_takes_the_headlines_it_announces_and_no_more() -> None:
    text = "First sentence of it.\n\nRelated news:\n\nMaj Gen arrives in Moscow\n\n\n\nThe talks go on, he said.\n\nRead More:\n\nChief to visit"  # noqa: E501 - one sample
    assert kept(text) == ["First sentence of it.", "The talks go on, he said."]


def test_read_clutter_keeps_a_subheading_after_a_wider_gap() -> None:
    text = "One sentence.\n\nRead more:\n\nChief to visit Russia\n\n\nThe road ahead\n\nAnother sentence here."
    assert kept(text) == ["One sentence.", "The road ahead", "Another sentence here."]


def test_read_clutter_takes_a_headline_on_the_same_line() -> None:
    assert kept("One sentence.\n\nRead more: Chief to visit Russia") == ["One sentence."]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Hadi Rezaei", "Hadi Rezaei"),
        ("by Ali al-Khatib and Maria de Souza", "Ali al-Khatib and Maria de Souza"),
        ("By Eleanor Marsh in Paris", "Eleanor Marsh"),
        ("By Eleanor Marsh, diplomatic correspondent", "Eleanor Marsh"),
        ("By the end of the year", None),
        ("By Monday the Army had withdrawn from it.", None),
    ],
)
def test_read_clutter_byline(line: str, name: str | None) -> None:
    assert find_byline(line) == name


def test_read_clutter_caption_is_told_by_its_credit() -> None:
    assert is_caption("Chief of Staff General Bagheri (Reuters)")
    assert not is_caption("The chief of staff arrived in the capital (see map).")


def test_read_clutter_headline_is_no_sentence() -> None:
    assert looks_like_headline("Trump pulls US out of Iran deal")
    assert looks_like_headline("Talks resume in the U.S.")
    assert not looks_like_headline("He left on Monday.")


def test_read_clutter_lines_made_to_be_slow_are_not() -> None:
    for line in (
        "x " * 150 + "!",
        "By " + "A-" * 90 + "!",
        "share " * 50 + "?",
        "a." * 150,
        "– " * 150,
        "Reporting by A and " * 16 + "!",
    ):
        strip_clutter([Paragraph(line)])
        find_byline(line)
        is_caption(line)
