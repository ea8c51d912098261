"""Boilerplate of news sites, told from the story: paragraphs in, the article's paragraphs out. Pure.

A line is clutter by its whole form ("Read more:", "News Code 161047", "Advertisement"), never by a word in it, so that
a sentence which only starts like one ("Read more books, the minister said.") stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.read.paragraphs import Paragraph, words_key

__all__ = [
    "byline_place",
    "copyright_holder",
    "find_byline",
    "is_caption",
    "is_clutter",
    "looks_like_headline",
    "strip_clutter",
]

_NETWORK = (
    r"(?:facebook|twitter|x|whats\s?app|telegram|linked\s?in|e-?mail|pinterest|reddit|instagram|messenger"
    r"|copy link|print|tumblr"
    r"|you\s?tube|threads|bluesky|line|wechat|viber|vk|flipboard|pocket|share|save|more|rss|tweet|sms|url|link"
    r"|tik\s?tok)"
)

_NETWORKS = rf"{_NETWORK}(?:[\s,|/·•&-]+(?:and |on |via )?{_NETWORK})*"

# Lines that announce other stories: the headlines after them go with them.
_LEAD_IN = re.compile(
    r"(?:read (?:also|more|next|further|on)|also read|see also|more (?:on this|from [\w’' -]{2,30}|stories|news"
    r"|to read)"
    r"|related(?: (?:news|stories|story|articles?|content|posts?|topics?|links?|coverage))?"
    r"|recommended(?: for you| stories| reading| articles)?|most (?:read|viewed|popular|shared)"
    r"|editors?['’]?s? (?:picks?|choices?)"
    r"|don['’]t miss|you (?:may|might) also (?:like|be interested in)|trending(?: now)?|top stories"
    r"|latest (?:news|stories)"
    r"|further reading|in (?:other news|pictures)|popular (?:stories|now)|what to read next|up next|must[- ]reads?"
    r"|suggested (?:reading|articles?|stories)|other (?:news|stories)|keep reading|explore more)"
    r"\s*(?P<colon>[:：»>…]*)",
    re.IGNORECASE,
)
_INLINE_LEAD_IN = re.compile(
    r"(?:read (?:also|more|next)|also read|see also|related(?: (?:news|story|stories|article))?|watch|listen"
    r"|recommended|more)"
    r"\s*[:：|»>]+\s*\S",
    re.IGNORECASE,
)

_WHOLE_LINES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:news|story|article|photo)[ _]?(?:code|id|no|number)\s*[:.#]?\s*[\w-]{1,20}",
        r"(?:your|leave a|post a|add a|write a|submit a?|join the|view|show|hide|\d+) ?(?:comments?|reply"
        r"|conversation|discussion)\b[\s.:]*",
        r"comments?\s*(?:\(\d+\)|\d+|:|closed|are closed\.?)?",
        r"you are replying to\s*:?\s*\.?|cancel reply|reply|.{0,40}\bcaptcha\b.{0,40}|[•*·-]?\s*captcha",
        r"(?:please )?(?:type|enter) the (?:characters|letters|code|text|word|numbers?)\b.{0,60}",
        r"your (?:e-?mail|email address|name|website)\b.{0,60}|required fields are marked.{0,10}",
        r"(?:name|e-?mail|website|message|subject|submit|send|post|search|menu|close|back|next|previous|home|top"
        r"|login|log in"
        r"|sign (?:in|up)|register|subscribe|follow|follow us|listen|play|loading|skip|ok|agree|accept"
        r"|manage)\s*[:*.!»>]*",
        r"skip to (?:main )?content|(?:back|return|jump|scroll) to (?:the )?top|(?:open|toggle"
        r"|close) (?:the )?(?:menu|navigation)",
        r"(?:share|follow|tweet|save|print|e-?mail|listen to|send|bookmark|gift)(?: (?:this|us|on|via|to))?"
        r"(?: (?:story|article|page|post|report|news|with (?:friends|others)|a friend))?"
        rf"(?: ?:| on| via| by)?(?:[\s,|/·•&-]*{_NETWORKS})?[\s:.!]*",
        rf"{_NETWORKS}[\s:.]*",
        rf"follow (?:us|.{{2,40}}) on {_NETWORKS}[\s:.]*",
        r"(?:subscribe|sign up|register|log in|join)\b(?: now| here| today)?(?: (?:to|for|with) (?:our|the|us"
        r"|this|your|receive|get|all|free|daily|weekly|comment|continue|read)\b.{0,110})?[.!:]?",
        r"(?:get|receive)\b.{0,80}\b(?:in|to|into) your (?:inbox|e-?mail)\b.{0,40}|.{0,60}\b(?:our|the|weekly"
        r"|daily) newsletters?\b.{0,40}(?:sign up|inbox|subscribe).{0,40}",
        r"(?:like (?:this|what you)|enjoy(?:ed|ing)?)\b.{0,40}\?\s*(?:subscribe|support|share|sign|join"
        r"|donate)\b.{0,60}",
        r"(?:support|become a)\b.{0,40}\b(?:independent (?:journalism|reporting)|member|subscriber"
        r"|the gazette)\b.{0,40}",
        r".{0,40}\b(?:free articles?|articles?) (?:left|remaining)\b.{0,60}",
        r"(?:we|this (?:web)?site|our (?:web)?site|.{0,30} and our partners)\b.{0,30}\b(?:uses?"
        r"|stores?)\b.{0,20}\bcookies\b.{0,160}",
        r"(?:cookie|privacy) (?:settings|policy|notice|preferences)|accept(?: all)?(?: cookies)?"
        r"|manage (?:choices|cookies|preferences)",
        r"by continuing\b.{0,60}\b(?:cookies|policy|terms)\b.{0,40}",
        r"[-–—\s]*(?:advertisements?|advertising|ads?|sponsored(?: content)?|promoted(?: content)?"
        r"|story continues below(?: (?:this )?"
        r"advertisement)?|article continues (?:below|after)(?: (?:this )?advertisement)?)[-–—\s]*",
        r"(?:©|\(c\)|copyright\b)\s?.{0,140}|.{0,120}\ball rights reserved\b.{0,60}",
        r"(?:reproduction|republication|redistribution)\b.{0,60}\b(?:permission|prohibited|forbidden)\b.{0,60}",
        r"this (?:material|article|story|content) may not be (?:published|reproduced|copied)\b.{0,140}",
        r"(?:terms(?: of (?:use|service))?|privacy|cookies|contact|about(?: us)?|accessibility|advertise"
        r"|corrections|rss|careers|newsletter"
        r"|help|imprint)(?:\s*[|·•/-]\s*[\w’' ]{2,40}){1,12}",
        r"(?:tags?|topics?|keywords?|filed under|categor(?:y|ies)|labels?)\s*:.{0,200}",
        r"(?:print|send|e-?mail|save|download)(?: this)?(?: (?:page|article|story|pdf))?(?:\s*[|·•/]\s*.{2,40}){1,6}",
        r"a\s?\+\s*a\s?-.{0,80}|(?:text size|font size)\b.{0,30}",
        r"(?:reading time|estimated reading time)\s*:?\s*\d.{0,20}|\d{1,2}\s*min(?:ute)?s?\s*read",
        r"(?:click|tap|swipe) (?:here|to|on)\b.{0,80}",
        r"(?:file )?(?:photo|image|picture|video|graphic)s?(?: credit)?\s*[:/].{0,120}|(?:photo|image"
        r"|picture)s? (?:by|courtesy of)\b.{0,100}",
        r"(?:reporting|writing|editing|additional reporting|compiled) by\b.{3,200}|\((?:reporting|writing|editing"
        r"|additional reporting|with"
        r" (?:input|inputs|contributions?) from)\b.{3,240}\)",
        r"our standards\s*:.{0,80}|with (?:input|inputs) from .{2,60}|(?:source|via)\s*:\s*.{2,40}",
        r"(?:views|hits|shares|likes|visits)\s*:?\s*[\d,.]+[kKmM]?|[\d,.]+[kKmM]?\s*(?:views|shares|likes|hits"
        r"|comments)",
        r"[\W_]+|(?:end|ends|the end|eom|-?\s?30\s?-|###)[\W_]*",
        r"(?:(?:https?://|www\.)\S+|\S+@\S+\.\w{2,6})",
    )
)

_CREDIT = (
    r"(?:reuters|a\.?f\.?p\.?|a\.?p\.?(?: photo)?|e\.?p\.?a\.?|getty(?: images)?|shutterstock|xinhua|tass"
    r"|anadolu(?: agency)?|irna|file(?: photo| "
    r"image)?|archive|[\w’' ]{2,30}(?: archive| photo| images| via [\w’' ]{2,20})|handout|screengrab|social media"
    r"|twitter|courtesy)"
)
_CAPTION = re.compile(
    rf".{{3,250}}[(\[](?:(?:photo|image|picture|credit|source)\s*[:by]*\s*)?{_CREDIT}(?:\s*[/,"
    rf"|]\s*[\w’'. ]{{2,40}})*[)\]]\.?"
    rf"|(?:file|pictured?|above|pictured above)\s*(?:photo)?\s*[:—–-]\s.{{3,300}}"
    rf"|.{{3,250}}[.\s](?:photo|image|picture|credit)s?\s*[:/]\s*.{{2,60}}",
    re.IGNORECASE,
)

# Words of a name are parted by spaces alone: each line is read in one way, so that none takes long to refuse.
_NAME_WORD = r"(?:[A-ZÀ-ÞĀ-Ž][\w.'’-]*|(?:al|el|bin|ibn|de|da|di|van|von|der|den|la|le|del|dos|du)(?:-[\w.'’-]+)?)"
_NAME = rf"{_NAME_WORD}(?: {_NAME_WORD}){{1,5}}"
_BYLINE = re.compile(
    rf"(?i:(?:story |text |report(?:ed)? |written |article )?by:?|author:|reporter:)\s+(?P<name>{_NAME}(?:(?:,"
    rf"| and|,? &)\s+{_NAME}){{0,4}})"
    r"(?:\s*[,|–—-]\s*(?P<role>[^.!?]{2,80})|\s+(?i:in|for)\s+[A-Z][\w .'’-]{2,40})?\s*\.?"
)
_ROLE = re.compile(
    r"\b(?:correspondent|reporter|editor|writer|staff|columnist|analyst|bureau|desk|news|agency|press|times|post"
    r"|chief|in [A-Z]\w+|"
    r"[A-Z]{2,5}|[A-Z][a-z]+)\b"
)

_COPYRIGHT = re.compile(
    r"(?:(?:©|\(c\)|copyright)\s*)+(?:\d{4}(?:\s*[-–]\s*\d{4})?,?\s*)?(?:by\s+)?(?P<name>[A-Z][^.|·©\d]{2,60}?)"
    r"\s*(?:,?\s*\d{4})?(?:[.|·]|\s+all rights|$)",
    re.IGNORECASE,
)
_MOST_PARAGRAPHS = 20_000  # what has more of them is no article with a page around it
_SENTENCE = re.compile(r"[.!?…][\"”'’)\]]*$")


def looks_like_headline(line: str) -> bool:
    """Short, and not a sentence: it may end in "?" or "!", but not in a full stop, a comma or a colon."""
    words = line.split()
    if not 2 <= len(words) <= 32 or len(line) > 220:
        return False
    if line.endswith((",", ";", ":", "…")) and not line.endswith("'s:"):
        return False
    if re.search(r"[.][\"”’')\]]*$", line):
        return bool(re.search(r"(?:\b[A-Z]\.){2,}[\"”’')\]]*$|\b(?:Inc|Co|Ltd|Jr|Sr|Corp|No|St)\.$|\.\.\.$", line))
    return any(character.isalpha() for character in line)


def is_caption(line: str) -> bool:
    """A photo caption, told by the credit that it ends with."""
    return len(line) <= 350 and bool(_CAPTION.fullmatch(line))


def find_byline(line: str) -> str | None:
    """The author of a line that is a byline and nothing else ("By Hadi Rezaei"); None for any other line."""
    if len(line) > 200:
        return None
    match = _BYLINE.fullmatch(line.strip(" |*_-–—"))
    if match is None or (match["role"] and not _ROLE.search(match["role"])):
        return None
    return match["name"].strip().rstrip(".,") or None


def byline_place(line: str) -> str | None:
    """The place that a byline names: "By Eleanor Marsh in Paris"."""
    if find_byline(line) is None:
        return None
    match = re.search(rf"\sin\s+(?P<place>{_NAME_WORD}(?: {_NAME_WORD}){{0,2}})\s*\.?$", line)
    return match["place"].rstrip(".") if match else None


def copyright_holder(line: str) -> str | None:
    """The name in "© 2021 Harbour Gazette. All rights reserved."; None where there is none, or no name alone."""
    match = _COPYRIGHT.match(line)
    name = match["name"].strip(" .,") if match else ""
    return (
        name
        if name and len(name.split()) <= 5 and not re.search(r"\b(?:rights|this|the content)\b", name, re.I)
        else None
    )


def is_clutter(line: str) -> bool:
    """Is the whole line boilerplate?"""
    if len(line) > 320:
        return False
    return bool(_LEAD_IN.fullmatch(line)) or any(pattern.fullmatch(line) for pattern in _WHOLE_LINES)


def strip_clutter(paragraphs: Sequence[Paragraph], *, known_names: Sequence[str] = ()) -> list[Paragraph]:
    """`paragraphs` without boilerplate, the headlines it announces, and the outlet's own name (`known_names`) alone."""
    if len(paragraphs) > _MOST_PARAGRAPHS:
        return list(paragraphs)
    names = {words_key(name) for name in known_names if name}
    kept: list[Paragraph] = []
    index = 0
    while index < len(paragraphs):
        paragraph = paragraphs[index]
        line = paragraph.text.strip()
        index += 1
        if _LEAD_IN.fullmatch(line):
            index = _end_of_headlines(paragraphs, index)
        elif _is_inline_lead_in(line) or is_clutter(line) or words_key(line) in names:
            continue
        else:
            kept.append(paragraph)
    return kept


def _is_inline_lead_in(line: str) -> bool:
    """ "Read more: Iran and Russia hold talks" — one line, one headline."""
    return len(line) <= 220 and bool(_INLINE_LEAD_IN.match(line)) and not (len(line) > 120 and _SENTENCE.search(line))


def _end_of_headlines(paragraphs: Sequence[Paragraph], start: int) -> int:
    """Where the headlines that a lead-in announced are over: at the first sentence, or after a wider gap."""
    index = start
    while index < min(len(paragraphs), start + 12):
        line = paragraphs[index].text.lstrip("•*·-–> ")
        if is_clutter(line) or (len(line.split()) > 1 and not looks_like_headline(line)) or _SENTENCE.search(line):
            break
        if index > start and paragraphs[index].gap > max(1, paragraphs[start].gap):
            break
        index += 1
    return index
