"""The words of time, each with its sort and what it stands for. English, so no data of the profile.

| sort | what | value |
|---|---|---|
| W, M | weekday, month | 0 is Monday; 1 is January |
| T | today and its neighbours | days from today |
| R | this, next, last, past, coming | one of the five below |
| U | day, week, month … | one of the units below |
| C, V | number, ordinal in words | the number |
| E | end of a unit, as "eow" | the unit |
| B | week beginning or ending | 0 or 1 |
| P | a part of the day | 0 |

Figures (time_tokens.py) add N (number), O (12th), Y (2027), J ('27), Q (Q1), D (8/1/27) and H (a holiday by name).
"""

from __future__ import annotations

from templates.spelling import SHORTEST, Spelling

THIS, NEXT, LAST, PAST, COMING = 0, 1, -1, -2, 2
DAY, WORKING_DAY, WEEK, FORTNIGHT, MONTH, QUARTER, YEAR, WEEKEND, HOUR = range(9)
EVE, CHRISTMAS, BOXING_DAY, NEW_YEARS_EVE, NEW_YEAR, GOOD_FRIDAY, EASTER, EASTER_MONDAY = range(8)


def words(said: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(said.split())


def _each(said: str, sort: str, value: int) -> dict[str, tuple[str, int]]:
    return dict.fromkeys(said.split(), (sort, value))


_WEEKDAYS = (
    "mon monday",
    "tue tues tuesday",
    "wed weds wednesday",
    "thu thur thurs thursday",
    "fri friday",
    "sat saturday",
    "sun sunday",
)
_MONTHS = (
    *("jan january", "feb febr february", "mar mrch march", "apr aprl apil april", "may", "jun june", "jul july", "aug august"),
    *("sep sept september", "oct october", "nov november", "dec december"),
)
_UNITS = (
    *("day days dys", "workday workdays", "week weeks wk wks", "fortnight fortnights fortnite"),
    *(
        "month monh months mth mths mnth mnths",
        "quarter quarters qtr qtrs",
        "year years yr yrs",
        "weekend weekends wkend wknd",
        "hour hours hr hrs",
    ),
)
_NUMBERS = (
    *(
        "zero",
        "one a an",
        "two couple",
        "three few",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ORDINALS = (
    *("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
    *("thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_RELATIVE = {
    THIS: "this current",
    NEXT: "next nxt nxet netx following succeeding",
    LAST: "last previous prev lst preceding",
    PAST: "past",
    COMING: "coming upcoming",
}
_NEAR = {
    -1: "yesterday yday ystrday yest",
    0: "today tday 2day tonight tonite",
    1: "tomorrow tmrw tmw tmr tmoz tomoz 2moro 2morrow tomoro tomo",
}
KNOWN: dict[str, tuple[str, int]] = {
    **{word: entry for value, said in enumerate(_WEEKDAYS) for word, entry in _each(said, "W", value).items()},
    **{word: entry for value, said in enumerate(_MONTHS, 1) for word, entry in _each(said, "M", value).items()},
    **{word: entry for value, said in enumerate(_UNITS) for word, entry in _each(said, "U", value).items()},
    **{word: entry for value, said in enumerate(_NUMBERS) for word, entry in _each(said, "C", value).items()},
    **{word: entry for value, said in enumerate(_ORDINALS) for word, entry in _each(said, "V", value).items()},
    **_each("morning afternoon evening night lunchtime", "P", 0),
    **{word: ("C", 10 * value) for value, word in enumerate(_TENS, 2)},
    **{"thirtieth": ("V", 30), "dozen": ("C", 12)},
    **{word: entry for value, said in _RELATIVE.items() for word, entry in _each(said, "R", value).items()},
    **{word: entry for value, said in _NEAR.items() for word, entry in _each(said, "T", value).items()},
    **{"eow": ("E", WEEK), "eom": ("E", MONTH), "eoy": ("E", YEAR)},
    **{"w/c": ("B", 0), "w/b": ("B", 0), "w/e": ("B", 1), "w/end": ("U", WEEKEND)},
}
SAME = {
    **dict.fromkeys(("untill", "til", "till", "untl", "unti", "'til", "thru", "through", "upto"), "until"),
    **dict.fromkeys(("befor", "befour", "bfore", "b4"), "before"),
    **dict.fromkeys(("sinse", "scince", "snce", "sinc"), "since"),
    **dict.fromkeys(("betwen", "bewteen", "beetween", "betwee", "btwn"), "between"),
    **dict.fromkeys(("wihtin", "withing", "witin"), "within"),
    "&": "and",
}
"""Everyday spellings of the words that stand between dates."""

_SLIPPABLE = words("today tomorrow yesterday fortnight fortnights weekend weeks month months quarter quarters") | {
    said.split()[-1] for said in (*_WEEKDAYS, *_MONTHS)
}
ORDINARY = words(
    "adjust augusta augustus foresight forthright freda freddy friary frida fridge fried frieda friedly friend"
    " friends fright frilly frisky jaguar mandy marco marcus marcy marsh match mayday meeks midday money moneys"
    " monica monies monkey monte monthly monty moths mottos mounts mouth mouths much quaker quakers quarrel quarrels"
    " quartet quarto quartz quieted quieter quilter sandal sandra sanjay soundly sturdy subway sundae sunder sundial"
    " sundry sunny thirsty thursby tuned turned weaken weakened weakens weaks weans weeded weeds weekender weeps"
)
"""Words that are spelled nearly like one of time and are none."""
_SPELLING = Spelling(_SLIPPABLE, ORDINARY)


def known(said: str) -> tuple[str, int]:
    """The sort and value of a word, also with an ending or with a letter or two wrong: "friday's", "todays", "wensday"."""
    if said in KNOWN:
        return KNOWN[said]
    if len(said) < SHORTEST and "'" not in said:
        return "", 0
    bare = said.removesuffix("'").removesuffix("'s")
    if bare in KNOWN:
        return KNOWN[bare]
    stem = bare.removesuffix("s")
    if stem != bare and len(stem) >= 5 and stem in KNOWN and KNOWN[stem][0] in "WMT":
        return KNOWN[stem]
    near = _SPELLING.meant(bare, anywhere=True)
    return KNOWN[near] if near else ("", 0)
