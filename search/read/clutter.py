"""Boilerplate of news sites, told from the story: paragraphs in, the article's paragraphs out. Pure.

A line is clutter by its whole form ("Read more:", "News Code 161047", "Advertisement"), never by a word in it, so that
a sentence which only starts like one ("Read more books, the minister said.") stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.read.paragraphs import Paragraph, words_key

__all__ = [
    "copyright_holder",
    "is_caption",
    "is_clutter",
    "looks_like_headline",
    "stated_source",
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
    r"(?:read (?:also|more|next|further|on)|also read|see also|more (?:on this(?: story| topic)?"
    r"|from [\w’' -]{2,30}|stories|news"
    r"|to read)"
    r"|related(?: (?:news|stories|story|articles?|content|posts?|topics?|links?|coverage))?"
    r"|(?:[\w’']{2,20} )?recommends?|recommended(?: for you| stories| reading| articles)?|most (?:read|viewed"
    r"|popular|shared)"
    r"|editors?['’]?s? (?:picks?|choices?)"
    r"|don['’]t miss|you (?:may|might) also (?:like|be interested in)|trending(?: now)?|top stories"
    r"|latest (?:news|stories)"
    r"|further reading|in (?:other news|pictures)|popular (?:stories|now)|what to read next|up next|must[- ]reads?"
    r"|suggested (?:reading|articles?|stories)|other (?:news|stories)|keep reading|explore more|tags|topics|keywords"
    r"|(?:previous|next|older|newer) (?:post|article|story)|(?:recent|popular|similar) (?:posts|articles)"
    r"|around the web|(?:media|press) contacts?)"
    r"\s*(?P<colon>[:：»>…]*)",
    re.IGNORECASE,
)
_INLINE_LEAD_IN = re.compile(
    r"(?:(?P<weak>read|must[- ]read|watch|listen|recommended|more)|read (?:also|more|next)|also read|see also"
    r"|related(?: (?:news|story|stories|article))?)"
    r"\s*[:：|»>]+\s*\S",
    re.IGNORECASE,
)

_WHOLE_LINES = re.compile(
    "|".join(
        f"(?:{pattern})"
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
            r"(?:print|send|e-?mail|save|download)(?: this)?(?: (?:page|article|story|pdf))?(?:\s*["
            r"|·•/]\s*.{2,40}){1,6}",
            r"a\s?\+\s*a\s?-.{0,80}|(?:text size|font size)\b.{0,30}",
            r"(?:reading time|estimated reading time)\s*:?\s*\d.{0,20}|\d{1,2}\s*min(?:ute)?s?\s*read",
            r"(?:click|tap|swipe) (?:here|to|on)\b.{0,80}",
            r"(?:image|photo|picture) (?:source|caption|credit)\s*[,:].{0,300}|\[(?:file|photo|image|ap|reuters|afp"
            r"|getty)\b"
            r"[^\[\]]{0,120}\]",
            r".{3,160} contributed to (?:this|the) (?:report|story|article)\.?|translated by [^.!?,]{3,60}",
            r"(?:write to|contact|e-?mail) .{3,80} at \S+@\S+",
            r"the post .{2,220} (?:first )?appeared (?:first )?on .{2,80}",
            r"for (?:all |more )?(?:the )?(?:latest|breaking|top|more)\b.{0,80}\b(?:follow us|visit (?:our|us"
            r"|www)|download (?:our|the)|subscribe to|join (?:us|our)|click here|log on)\b.{0,120}|(?:(?:get"
            r"|stay|catch|for|follow) .{0,120}[.!] )?(?:get|download|install) (?:the|our) .{0,20}\bapp\b.{0,60}",
            r".{0,260}\bcontact us for subscription\b.{0,40}",
            r"already (?:a|an) (?:\w+ )?(?:subscriber|member)\?.{0,80}|to (?:continue"
            r"|keep) reading\b.{0,60}\b(?:subscribe|sign (?:in|up)|log in|register|account)\b.{0,80}"
            r"|you have \w+ free (?:articles?|stories)\b.{0,80}",
            r"(?:this|the) (?:article|story|content) is (?:only )?(?:for|available to) (?:our )?subscribers\b.{0,60}",
            r"why you can trust [^.!?,]{2,40}|this article is more than .{1,12}\bold|listen to (?:this )?article"
            r"|end of (?:article"
            r"|story)|reuse this content|read later|click to copy|0 persons?",
            r"(?:comments?|share|save|print|read later|bookmark|listen|a)(?:[\s|/]+(?:comments?|share|save"
            r"|print|read later"
            r"|bookmark|listen|a)){1,6}",
            r"(?:[\d,.]+[km]?\s+)?(?:shares|views)|\d{1,2} min(?:ute)?s?(?: read)?|read [\d,]+ times",
            r"published in [^.!?]{2,40}|posted in [^.!?]{2,120}|(?:proudly )?powered by [^.!?,]{2,40}",
            r"[←«‹]\s[^«»‹›.!?]{1,120}|(?:older|newer|previous|next) .{0,100}[→»›]",
            r"\((?:except for the headline|this (?:story|article|report) (?:has|was|is)).{3,240}\)"
            r"|(?:#\w+[\s,]*){1,20}",
            r"[\[(](?:editors?|edited by|source|author)\b\s*:?.{2,60}[\])]|(?:load-date|length|pub-?type"
            r"|word count)\s*:.{0,60}",
            r".{3,120} contributed reporting(?: (?:from|in) .{2,60})?\.?",
            r"a version of this (?:article|story|report) (?:appears|appeared|was|first)\b.{0,260}|(?:give"
            r"|gift) this article",
            r".{0,40}information (?:for|in) this (?:report|article|story) (?:came|was)\b.{0,100}|disclaimer:?"
            r"|\d+ [+x-] \d+ =",
            r"(?:the )?(?:views|opinions|comments) (?:expressed|here|in this|of the authors?)\b.{0,80}\b(?:do"
            r"|does) not (?:necessarily )?(?:reflect|represent)\b.{0,160}",
            r"(?:join|follow) (?:us\b|our\b|\S{2,20}[\'’]s\b).{0,60} (?:channel|group|page)\b.{0,100}"
            r"|subscribe (?:for|to) (?:the )?(?:latest|more) .{0,60}",
            r"body:?|end of document|permalink|send us (?:your )?feedback",
            r"\((?:end|ends|more|attn:.{0,100})\)|writethru.{0,40}",
            rf"follow (?:us|.{{2,40}}) on (?:social media|{_NETWORKS})(?: ?[@#]\w+)?[\s:.]*",
            rf"{_NETWORK}(?: {_NETWORK}| koo(?: app)?){{2,12}}",
            r"(?:file )?(?:photo|image|picture|video|graphic)s?(?: credit)?\s*[:/].{0,120}|(?:photo|image"
            r"|picture)s? (?:by|courtesy of)\b.{0,100}",
            r"(?:with |additional )?(?:reporting|writing|editing|compiled) (?:by"
            r"|from)(?:[\s,;&]+(?-i:[A-Z][\w.’'-]*|and|in|by|from|the|at|with|of|for|editing|writing"
            r"|reporting|additional|compiled|agencies|staff))+[\s.]*|\((?:reporting|writing|editing"
            r"|additional reporting|with"
            r" (?:input|inputs|contributions?) from)\b.{3,240}\)",
            r"our standards\s*:.{0,80}|with (?:input|inputs) from .{2,60}|(?:source|via)\s*:\s*.{2,40}",
            r"(?:views|hits|shares|likes|visits)\s*:?\s*[\d,.]+[kKmM]?|[\d,.]+[kKmM]?\s*(?:views|shares|likes|hits"
            r"|comments)",
            r"[\W_]+|(?:end|ends|the end|eom|-?\s?30\s?-|###)[\W_]*",
            r"(?:(?:https?://|www\.)\S+|\S+@\S+\.\w{2,6})",
        )
    ),
    re.IGNORECASE,
)

_CREDIT = (
    r"(?:reuters|a\.?f\.?p\.?|a\.?p\.?(?: photo)?|e\.?p\.?a\.?|getty(?: images)?|shutterstock|xinhua|tass"
    r"|anadolu(?: agency)?|irna|file(?: photo| "
    r"image)?|archive|[\w’' ]{2,30}(?: archive| photo| images| via [\w’' ]{2,20})|handout|screengrab|social media"
    r"|twitter|courtesy)"
)
_CAPTION = re.compile(
    rf".{{3,250}}[(\[](?:(?:photo|image|picture|credit|source)\s*[:by]*\s*)?{_CREDIT}(?:\s*[/,:"
    rf"|]\s*[\w’'. ]{{2,40}})*[)\]]\.?"
    rf"|(?:file|pictured?|above|pictured above)\s*(?:photo)?\s*[:—–-]\s.{{3,300}}"
    rf"|.{{3,250}}[.\s](?:photo|image|picture|credit)s?\s*[:/]\s*.{{2,60}}"
    r"|.{3,300}[.\s](?:(?-i:REUTERS|AFP|EPA|AP)|ap photo|getty images|xinhua)/(?-i:[A-Z])[\w.’' -]{2,40}(?:/.{2,20})?",
    re.IGNORECASE,
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


def copyright_holder(line: str) -> str | None:
    """The name in "© 2021 Harbour Gazette. All rights reserved."; None where there is none, or no name alone."""
    match = _COPYRIGHT.match(line)
    name = match["name"].strip(" .,") if match else ""
    return (
        name
        if name and len(name.split()) <= 5 and not re.search(r"\b(?:rights|this|the content)\b", name, re.I)
        else None
    )


def stated_source(line: str) -> str | None:
    """The name in "Source: Al Jazeera", below a story; None for any other line."""
    match = re.fullmatch(r"Source\s*:\s*(?P<name>[A-Z][\w .’'&-]{1,40})", line)
    return match["name"].strip() if match and len(match["name"].split()) <= 5 else None


def is_clutter(line: str) -> bool:
    """Is the whole line boilerplate?"""
    if len(line) > 320:
        return False
    return bool(_LEAD_IN.fullmatch(line)) or bool(_WHOLE_LINES.fullmatch(line))


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
    match = _INLINE_LEAD_IN.match(line) if len(line) <= 220 else None
    # "Read: the word was on every banner." is a sentence.
    return match is not None and not (_SENTENCE.search(line) and (match["weak"] or len(line) > 120))


def _end_of_headlines(paragraphs: Sequence[Paragraph], start: int) -> int:
    """Where the headlines that a lead-in announced are over: at the first sentence, or after a wider gap."""
    index = start
    while index < min(len(paragraphs), start + 12):
        line = paragraphs[index].text.lstrip("•*·-–> ")
        if is_clutter(line) or (len(line.split()) > 1 and not looks_like_headline(line)):
            break
        if _SENTENCE.search(line) and not (index > start and _headlines_go_on(paragraphs, index)):
            break
        if index > start and paragraphs[index].gap > max(1, paragraphs[start].gap):
            break
        index += 1
    return index


def _headlines_go_on(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """A headline may end in "?"; a question between paragraphs may be the story's own subheading."""
    if not paragraphs[index].text.endswith(("?", "!")):
        return False
    following = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
    return is_clutter(following) or looks_like_headline(following) or not following
