"""Lines of resumes with the persons, jobs, firms, places, schools and skills in them.

Made by code: a template with alternatives, filled with names. Templates and names come
in three parts each, so that either may be new to a model, or both.
"""

import re
from typing import NamedTuple

import numpy as np

from utils.data import name_lists

KINDS = ("PERSON", "JOB", "FIRM", "PLACE", "SCHOOL", "SKILL")
MONTHS = """
January February March April May June July August September October November December
""".split()
_RANKS = ["senior", "junior", "chief", "deputy", "assistant", "regional", "lead"]
_FIELDS = """
marine data railway night textile software field cargo quality energy claims payroll
press purchasing laboratory research theatre building security travel tax water sales
""".split()
_HEADS = """
engineer nurse analyst accountant designer manager technician inspector translator cook
baker mason clerk planner editor chemist pilot officer teacher librarian electrician
buyer surveyor consultant mechanic porter dispatcher geologist archivist auditor
""".split()
_SKILLS = """
welding|book-keeping|spreadsheets|Python|SQL|first aid|soldering|public speaking|Excel|
Linux|forklift driving|technical drawing|risk assessment|contract law|grant writing|
pattern cutting|customer service|statistics|machine learning|stock control|proofreading|
sign language|route planning|web design|project management|glass blowing|Java|German|
Spanish|Mandarin|Arabic|cost control|event planning|beekeeping|data entry|carpentry|
negotiation|fire safety|image editing|crop rotation|audio editing|tax returns|surveying|
lesson planning|food hygiene|copywriting|bridge inspection|cable laying|Swahili|French
""".replace("\n", "").split("|")

# [a|b|] takes one alternative, which may be empty; {PERSON} ... are the entities;
# {YEAR}, {MONTH} and {NUMBER} are not.
TEMPLATES = {
    "train": """
{PERSON} [worked|served|was employed] as a {JOB} [at|for|with] {FIRM} [in {PLACE}|] .
[Since|From] {YEAR} , {PERSON} has been [a|the] {JOB} of {FIRM} .
{JOB} | {FIRM} | {PLACE} | {YEAR} - {YEAR}
{FIRM} , {PLACE} : {JOB} ( {YEAR} [to|until] {YEAR} )
Name : {PERSON}
[Address|Home] : {NUMBER} {PLACE} Road , {PLACE}
{PERSON} - {JOB}
[Skills|Strengths|Tools] : {SKILL} , {SKILL} [, {SKILL}|and {SKILL}]
[Studied|Read] {SKILL} at {SCHOOL} [, {YEAR}|until {YEAR}|] .
{YEAR} : [degree|diploma|certificate] from {SCHOOL} [in {PLACE}|]
[Born|Raised|Grew up] in {PLACE} , [now|today] living in {PLACE} .
Led a team of {NUMBER} at {FIRM} [, {PLACE}|] .
[Cut|Reduced] costs by {NUMBER} % [in {YEAR}|within {NUMBER} months] .
Moved from {FIRM} to {FIRM} in {MONTH} {YEAR} .
[Promoted|Appointed] to {JOB} in {MONTH} {YEAR} .
Reference : {PERSON} , {JOB} , {FIRM} [, {PLACE}|]
[Taught|Trained] {NUMBER} [colleagues|new staff] in {SKILL} and {SKILL} .
The {PLACE} office of {FIRM} hired {PERSON} as {JOB} .
My [first|last] employer was {FIRM} , where I was a {JOB} .
[References|Certificates|Work samples] on request .
{MONTH} {YEAR} [-|to] {MONTH} {YEAR} {FIRM} {JOB}
[Fluent|Experienced] in {SKILL} ; [basic|some] knowledge of {SKILL} .
{PERSON} [left|joined] {FIRM} in {YEAR} and moved to {PLACE} .
{SCHOOL} , {PLACE} , {YEAR} - {YEAR}
[Won|Received] the {YEAR} award of {SCHOOL} for {SKILL} .
In {PLACE} I [ran|managed] the workshop of {FIRM} .
Reports to {PERSON} , [head|director] of {FIRM} .
[Internship|Apprenticeship] as {JOB} , {FIRM} , {PLACE} .
I learned {SKILL} from {PERSON} at {FIRM} .
{PERSON} , {PLACE} , [phone|telephone] {NUMBER} {NUMBER}
[Objective|Goal] : a position as {JOB} in {PLACE}
Used {SKILL} [every day|daily] [as a {JOB}|at {FIRM}] .
{PERSON} hired me in {YEAR} to run the {PLACE} office .
My manager at {FIRM} was {PERSON} .
After {NUMBER} years at {FIRM} , I [became|was made] {JOB} .
{SCHOOL} [gave|awarded] me a grant in {YEAR} .
Worked under {PERSON} [in {PLACE}|at {FIRM}] until {YEAR} .
{FIRM} is a client of mine since {YEAR} .
Two summers with {FIRM} , [first|once] in {PLACE} , then in {PLACE} .
I teach {SKILL} at {SCHOOL} [every summer|in the evening] .
[Languages|Interests|Hobbies] : {SKILL} [, {SKILL}|and {SKILL}]
[Available|Known] in {PLACE} and {PLACE} from {MONTH} .
[Together with|With the help of] {PERSON} I founded {FIRM} in {YEAR} .
{FIRM} closed its {PLACE} works in {YEAR} .
{PERSON} and {PERSON} [can speak for me|know my work] .
{PLACE} , {MONTH} {YEAR}
Dear {PERSON} ,
[Yours sincerely|Kind regards] , {PERSON}
To {FIRM} , {PLACE}
I [wrote|planned] the {SKILL} course of {SCHOOL} .
[Licence|Certificate] in {SKILL} , {SCHOOL} , {YEAR}
As {JOB} I [visited|supplied] {PLACE} , {PLACE} and {PLACE} .
[Good at|Strong in] {SKILL} , new to {SKILL}
{YEAR} [prize|medal] of {FIRM} for the best {JOB}
{PERSON} [recommended|praised] my {SKILL} .
[Night|Early] shifts as {JOB} near {PLACE} .
The {JOB} of {FIRM} [called|trusted] me .
I was born {MONTH} {NUMBER} , {YEAR} , in {PLACE} .
{FIRM} bought {FIRM} in {YEAR} ; I stayed as {JOB} .
[Evening|Weekend] classes at {SCHOOL} : {SKILL} , {SKILL}
[Parents|Friends] in {PLACE} , school in {PLACE} , work in {PLACE} .
Volunteer [for|with] {FIRM} , {PLACE} , since {YEAR}
{SKILL} ( [good|fair] ) , {SKILL} ( basic )
{PERSON} ( {JOB} , {FIRM} )
Hired by {PERSON} , trained by {PERSON} .
[Exchange|Guest] year at {SCHOOL} , {YEAR}
Every {JOB} must know {SKILL} ; I do .
[Wrote|Edited] a handbook of {SKILL} for {FIRM} .
From {PLACE} I went to {SCHOOL} to study {SKILL} .
[Rejected|Accepted] an offer of {FIRM} in {YEAR} .
{FIRM} - {PLACE} - {JOB}
{SCHOOL} - {SKILL} - {YEAR}
Signed : {PERSON} , {PLACE}
I [drive|commute] from {PLACE} to {PLACE} .
[Owner|Founder] : {PERSON} . [Staff|Team] : {NUMBER} .
During the {FIRM} project I shared a desk with {PERSON} , a {JOB} .
No [sick days|complaints] since {MONTH} {YEAR} .
Married , {NUMBER} children , [driving licence|own car] .
[Responsible for|In charge of] {SKILL} and {SKILL} at {FIRM} .
I [like|love] {SKILL} more than {SKILL} .
""",
    "dev": """
[Currently|At present] {JOB} with {FIRM} ; before that {JOB} with {FIRM} .
Applicant : {PERSON} [( {PLACE} )|, {PLACE}]
{PERSON} graduated from {SCHOOL} in {YEAR} .
{FIRM} [employed|engaged] me as a {JOB} for {NUMBER} years .
[Willing|Ready] to relocate to {PLACE} or {PLACE} .
Courses in {SKILL} and {SKILL} [, {SCHOOL}|at {SCHOOL}] .
{YEAR} - {YEAR} {JOB} , {FIRM} ( {PLACE} )
[Supervised|Mentored] by {PERSON} of {FIRM} .
Opened the [second|third] branch of {FIRM} in {PLACE} .
Sold {NUMBER} machines in {MONTH} {YEAR} .
{PERSON} , my {JOB} , comes from {PLACE} .
Invited to {PLACE} by {FIRM} to [explain|show] {SKILL} .
{SCHOOL} taught me {SKILL} and {SKILL} .
Next to my duties for {FIRM} I [was|served as] {JOB} of {SCHOOL} .
[Lives|Resides] in {PLACE} ; [parking|rent] paid by {FIRM} .
{SKILL} is what {FIRM} [paid|valued] me for .
""",
    "test": """
Resume of {PERSON} , {JOB} from {PLACE}
{PERSON} spent {NUMBER} years in {PLACE} with {FIRM} [as a {JOB}|] .
[Position|Role] held : {JOB} . Employer : {FIRM} . Town : {PLACE} .
Before {SCHOOL} I was a {JOB} [in {PLACE}|at {FIRM}] .
[Key|Main] competences are {SKILL} , {SKILL} [and {SKILL}|, {SKILL}] .
At {FIRM} , {PERSON} [replaced|followed] {PERSON} as {JOB} .
{FIRM} sent me to {PLACE} to [set up|open] a plant .
Alumna of {SCHOOL} , class of {YEAR} ; thesis on {SKILL} .
[Contact|Ask] {PERSON} [at|of] {FIRM} for details .
{NUMBER} years of {SKILL} , most of them [as {JOB}|at {FIRM}]
Both {FIRM} and {FIRM} [relied on|asked for] my {SKILL} .
Passed every exam on time in {MONTH} {YEAR} .
[Thanks to|Because of] {PERSON} , {FIRM} sells its goods in {PLACE} .
Asked by {SCHOOL} to lecture on {SKILL} in {MONTH} .
{JOB} by trade , {JOB} by choice .
Worked beside {PERSON} when {FIRM} moved out of {PLACE} .
{PERSON} , born {YEAR} , school : {SCHOOL}
Nobody at {FIRM} knew {SKILL} better than {PERSON} .
In an emergency call {PERSON} , {PLACE} , {NUMBER} {NUMBER}
Late shift in the {PLACE} warehouse as {JOB} , {YEAR} .
""",
}


class Line(NamedTuple):
    """One line, cut into words and signs."""

    words: tuple[str, ...]
    spans: tuple[tuple[str, int, int], ...]  # kind, start, stop, as in tasks.spans
    template: int  # its row within the part


def lines(
    num_lines: int,
    rng: np.random.Generator,
    templates: str = "train",
    names: str = "train",
) -> list[Line]:
    """Make lines of resumes.

    num_lines : int
    rng       : random generator
    templates : "train", "dev" or "test", whose templates are used
    names     : "train", "dev" or "test", whose names fill them. Words of jobs, firms
                and schools such as "engineer", "Labs", "College", and skills, are the
                same in all parts.
    returns    Lines, each of a template drawn at random
    raises     ValueError with the name of a part that does not exist
    """
    for part in (templates, names):
        if part not in name_lists.PARTS:
            raise ValueError(f"part must be one of {name_lists.PARTS}, got {part!r}")
    rows = TEMPLATES[templates].strip().split("\n")
    drawn = rng.integers(len(rows), size=num_lines)
    return [_fill(rows[k], int(k), names, rng) for k in drawn]


def _fill(text: str, template: int, names: str, rng: np.random.Generator) -> Line:
    """Choose the alternatives, then put a name into each slot."""
    text = re.sub(
        r"\[([^]]*)\]", lambda found: str(rng.choice(found[1].split("|"))), text
    )
    words: list[str] = []
    spans = []
    for token in text.split():
        kind = token.strip("{}") if token.startswith("{") else None
        new = [token] if kind is None else _value(kind, names, rng).split()
        if words and words[-1] == "a" and new[0][0].lower() in "aeiou":
            words[-1] = "an"
        if kind in KINDS:
            spans.append((kind, len(words), len(words) + len(new)))
        words += new
    return Line(tuple(words), tuple(spans), template)


def _value(kind: str, names: str, rng: np.random.Generator) -> str:
    if kind in ("PERSON", "FIRM", "PLACE", "SCHOOL"):
        return getattr(name_lists, kind.lower())(names, rng)
    if kind == "JOB":
        return _job(rng)
    if kind == "SKILL":
        return str(rng.choice(_SKILLS))
    if kind == "MONTH":
        return str(rng.choice(MONTHS))
    low, high = (1985, 2026) if kind == "YEAR" else (2, 30)
    return str(rng.integers(low, high))


def _job(rng: np.random.Generator) -> str:
    """Such as "cook", "marine engineer", "Deputy Tax Inspector"."""
    words = [rng.choice(_RANKS)] if rng.random() < 0.35 else []
    words += [rng.choice(_FIELDS)] if rng.random() < 0.6 else []
    job = " ".join([*words, rng.choice(_HEADS)])
    return job.title() if rng.random() < 0.5 else job
