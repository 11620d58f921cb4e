"""Clauses: of which indicator, period, place and kind a sentence speaks at each word."""

from indicators.reading.atoms import Atom, Scanner
from indicators.reading.comparisons import Base
from indicators.reading.contexts import Context, whole_year
from indicators.reading.dating import Dating
from indicators.reading.drafts import HUNDRED, Change, Draft, readings
from indicators.reading.hedges import denial, supposed
from indicators.reading.onward import is_whole, lacks_subject, whole
from indicators.reading.pairs import pair
from indicators.reading.periods import Period
from indicators.reading.places import heading_at, opening_at
from indicators.reading.rows import Reading
from indicators.reading.segments import CONTRASTING, UP_DOWN, Segment
from indicators.reading.source import Sentence, Source, is_caption
from indicators.reading.subjects import Names

NOWHERE = ""  # no place is to be returned to
_BREAKS = {",", ";", ":", "•", "*", "|", "\t", ".", "!", "?", "…"}
_GOING_ON = {"trong đó", "cụ thể", "theo đó", "bao gồm"}  # of what the line before was about
_BEGINNINGS = {"khu", "lĩnh", "ngành", "nhóm"}  # of another name
_LONGEST_LIST = 14  # words of a name with commas in it
_OUTCOMES = {
    "beyond": "exceeded", "fail": "missed", "reach": "met", "up": "exceeded", "down": "missed",
}  # fmt: skip


class Clauses(Dating):
    """Reads the sentences of one text in order."""

    def __init__(self, source: Source, names: Names, scanner: Scanner, context: Context):
        self.source, self.names, self.scanner, self.context = source, names, scanner, context
        self.rows: list[Reading] = []
        self.opened: list[Draft] = []  # of the last sentence with figures
        self.draft: Draft | None = None
        self.group: list[Draft] = []
        self.listed: list[Draft] = []  # indicators named one after another, without a number yet
        self.header: Draft | None = None  # the indicator a list of places is about
        self.has_figures = False
        self.line_place: str | None = None

    def read_line(self, sentences: list[Sentence]) -> None:
        """Read a paragraph, heading, list item or cell."""
        opening = " ".join(token.word for token in sentences[0].tokens[:2])
        self.context.begin_line(goes_on=opening in _GOING_ON)
        self.line_place = None
        self._turn(sentences[0].tokens, heading_at if len(sentences) == 1 else opening_at)
        self.context.meet_heading(sentences)
        had_figures = False
        before = self.context.aside()
        for sentence in sentences:
            self.read(sentence)
            had_figures = had_figures or self.has_figures
        if is_caption(sentences):
            self.context.resume(before)
        last = sentences[-1].tokens[-1].word
        self.context.end_line(
            has_figures=had_figures,
            opens=last == ":" or (not sentences[-1].closes and not had_figures),
            words=sum(len(sentence.tokens) for sentence in sentences),
            closes=sentences[-1].closes,
        )

    def read(self, sentence: Sentence) -> None:
        """Read one sentence and keep the rows it makes."""
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.atoms = self.scanner.atoms(sentence.tokens)
        self.places = {atom.start: atom for atom in self.atoms if atom.kind == "place"}
        self.supposed = supposed(sentence.tokens)
        self.is_within = False  # after «trong đó»
        self.outer: list[tuple] = []  # what brackets interrupt
        self.listed = []
        self.segment = Segment()
        if not sentence.is_line_start:
            self._turn(sentence.tokens, opening_at)
        self.place: str | None = self.line_place or self.context.place
        self.beside: str | None = NOWHERE
        self.base: Base | None = None
        self.direction = 0  # of the last change told
        self.local: Period | None = None
        self.consumed: set[int] = set()
        self.header = None
        self.before: list[int] = []  # lead words of the last segment, if it had no number
        self.has_figures = False
        self.context.begin_sentence(self.atoms, self.tokens)
        self.context.notice_structure(sentence.tokens)
        if self.draft is not None and not self._continues():
            self.finish()
        if self.draft is None:
            self.draft = self._told_before()
        self.opened = []
        for at, atom in enumerate(self.atoms):
            self.at = at
            if at not in self.consumed:
                getattr(self, f"_{atom.kind}")(atom)
        self._end_segment()
        while self.outer:  # a bracket that was never closed
            draft = self.outer.pop()[3]
            if draft is not None and draft is not self.draft:
                self.finish()
                self.draft = draft
        self._finish_group()
        if sentence.closes or (self.has_figures and not sentence.is_line_end):
            self.finish()

    def _turn(self, tokens, find) -> None:
        """Speak of another province from here, if a heading or a sentence turns to it."""
        found = find(tokens) or opening_at(tokens)
        if found is None or (self.context.own and find is opening_at):
            return
        self.context.place = self._name_of(found, tokens)

    def _told_before(self) -> Draft | None:
        """Return the indicator of the sentence before for «Lũy kế 7 tháng đạt 10.206 tỷ đồng»."""
        before = whole(self.opened)
        if before is None or not lacks_subject(self.atoms, self.tokens):
            return None
        amount = next(atom.data for atom in self.atoms if atom.kind == "amount")
        if before.amount is None:
            fits = before.is_change and amount.unit is not None and amount.unit.dimension == "%"
        else:
            own = before.amount.unit
            fits = amount.unit is not None and own is not None and (
                amount.unit.dimension == own.dimension
            )  # fmt: skip
        if not fits:
            return None
        draft = before.again(None, self.context.kind)
        draft.start = draft.end = self.sentence.start
        opening = self.atoms[0]
        if opening.kind == "place":
            draft.place = self._name_of(opening.data, self.tokens)
        elif is_whole(self.tokens, opening):
            draft.place = None
        return draft

    def finish(self) -> None:
        """Make the rows of the indicator that was being read."""
        if self.draft is not None and not self._is_held(self.draft):
            self.rows += readings(self.draft, self.context, self.source, self._span(self.draft))
        self.draft = None

    def _is_held(self, draft: Draft) -> bool:
        """Say whether a row is yet to be told more of: brackets or «lần lượt» interrupt it."""
        return any(draft is other for other in self.group) or any(
            draft is held[3] for held in self.outer
        )

    def keep(self, drafts: list[Draft]) -> None:
        """Hold the indicators of «lần lượt»: the sentence may tell more of them."""
        self.group = drafts
        self.draft = None

    def _finish_group(self) -> None:
        for draft in self.group:
            self.rows += readings(draft, self.context, self.source, self._span(draft))
        self.group, self.listed = [], []

    def _span(self, draft: Draft) -> tuple[int, int]:
        return min(self.sentence.start, draft.start), max(self.sentence.end, draft.end)

    def _continues(self) -> bool:
        """Say whether the line goes on with the indicator of the line before: a table's cell."""
        if not self.sentence.is_line_start:
            return False
        for atom in self.atoms:
            if atom.kind in {"name", "word", "place"}:
                return False
            if atom.kind in {"amount", "verb", "base"}:
                return True
        return all(atom.kind == "mark" for atom in self.atoms)

    # -- marks ---------------------------------------------------------------------------------

    def _mark(self, atom: Atom) -> None:
        mark = atom.data
        if mark == "(":
            self._read_lead()
            aside = self.context.aside()
            self.outer.append((self.segment, self.local, aside, self.draft, self.place))
            self._turn_to_compared()
            self.segment = Segment(in_brackets=True)
        elif mark == ")":
            if self.outer:
                self.segment, self.local, aside, draft, self.place = self.outer.pop()
                self.context.resume(aside)
                if draft is not None and self.draft is not draft:
                    self.finish()
                    self.draft = draft
                is_pending = self.segment.first is not None and (draft is None or draft.is_empty)
                if self.segment.has_amount and not is_pending:
                    self._new_segment()
        elif mark == "-" and not self._is_spaced(atom):
            return
        elif mark in _BREAKS or mark in "-+":
            self._end_segment()
            if mark == ";" and self.beside is not NOWHERE:
                self.place, self.beside = self.beside, NOWHERE
            if mark == ";" and self.context.target is not None and self.context.target.is_span:
                self.local = None
            self._new_segment(keeps_words=mark in ",-", is_new_part=mark == ";")

    def _is_spaced(self, atom: Atom) -> bool:
        token = self.tokens[atom.start]
        before = self.tokens[atom.start - 1] if atom.start else None
        return before is None or before.end < token.start or before.word in {"%", ":"}

    def _new_segment(self, *, keeps_words: bool = False, is_new_part: bool = False) -> None:
        old = self.segment
        is_name = keeps_words and not old.has_amount and not old.verbs and old.words
        if old.words and self.tokens[old.words[0]].word in _BEGINNINGS:
            self.before = []
        self.before = (self.before + old.words)[-_LONGEST_LIST:] if is_name else []
        self.segment = Segment(
            period=None if old.has_amount or old.words else old.period,
            base=None if old.has_amount or not keeps_words else old.base,
            bases=[] if old.has_amount or not keeps_words else old.bases,
            is_new_part=is_new_part or (old.is_new_part and not old.has_amount),
            in_brackets=old.in_brackets,
        )

    def _end_segment(self) -> None:
        if not self.segment.in_brackets:
            self._read_lead()

    # -- words that tell ---------------------------------------------------------------------------

    def _kind(self, atom: Atom) -> None:
        if atom.data == "result":
            if self.sentence.is_line_start and self.at <= 2:
                self.context.leave_targets()
            self.context.kind = "result"
        else:
            self.context.aim(None if self.has_figures else self.local)
            if self.tokens[atom.start].word in {"phấn", "kỳ"}:
                self.segment.qualifiers.append("expected")
        if self.draft is not None and self.draft.is_empty:
            self.draft.kind = self.context.kind

    def _verb(self, atom: Atom) -> None:
        self._read_lead()
        if self.segment.has_amount and atom.data != "to":
            self._new_segment()
            self.segment.is_lead_read = True
        segment = self.segment
        if self._was_carried_out(atom):
            self.context.kind = "result"
        denied = denial(self.tokens, atom.start) if atom.data in _OUTCOMES else ""
        segment.verbs.append(denied or atom.data)
        if atom.data in UP_DOWN and not denied and self.draft is not None:
            self.draft.direction = UP_DOWN[atom.data]
        if atom.data == "respectively":
            pair(self)
        if atom.data == "equal" and self.draft is not None:
            self._add_change(Change(HUNDRED - HUNDRED, 0, "%", "", self._base_after()))
            self.draft.reach(self.tokens[atom.end - 1].end)
            self.has_figures = True

    def _was_carried_out(self, atom: Atom) -> bool:
        """«được giao 386.568 tỷ đồng, thực hiện 400.000»: the target first, then the result."""
        draft = self.draft
        told = draft is not None and draft.kind == "target" and draft.amount is not None
        return told and self.tokens[atom.start].word == "thực"

    def _factor(self, atom: Atom) -> None:
        """Take «gấp đôi»."""
        self._read_lead()
        if self.draft is None:
            return
        if atom.start in self.supposed:
            self._suppose(atom)
            return
        if self._leads_to_pace(atom):
            return  # «IIP tăng 9%, gấp đôi mức tăng của năm trước»
        change = Change((atom.data - 1) * HUNDRED, 0, "%", "", self._base_after())
        self._add_change(change)
        self.segment.has_amount = self.has_figures = True
        self.draft.reach(self.tokens[atom.end - 1].end)

    def _qualifier(self, atom: Atom) -> None:
        following = self.atoms[self.at + 1] if self.at + 1 < len(self.atoms) else None
        leads_to_words = following is not None and following.kind == "word"
        if not (leads_to_words and atom.data == "estimated" and not self.segment.words):
            self._read_lead()  # else «Ước tổng diện tích gieo trồng được …»
        if self.segment.has_amount:
            self._new_segment()
            self.segment.is_lead_read = True
        self.segment.qualifiers.append(atom.data)

    def _plan(self, atom: Atom) -> None:
        segment = self.segment
        draft = self.draft
        if self._is_capital(atom):
            return
        outcome = _OUTCOMES.get(segment.verb)
        if segment.verb and not segment.has_amount and outcome and draft is not None:
            both = {"reach", "beyond"} <= set(segment.verbs)
            if self.context.kind == "target" and self._amount_is_next():
                return  # «phấn đấu đạt mục tiêu dưới 6,2%»
            if not self._amount_follows():
                draft.outcome = "" if both else outcome
                draft.reach(self.tokens[atom.end - 1].end)
            elif self._changes_next():
                segment.is_aside = True
            else:
                segment.base = Base("plan", None, "")
            return
        if segment.has_amount:
            if self.tokens[atom.start - 1].word == "/":  # «tăng 9,08%/KH 8,5-9,5%»
                self._new_segment()
                self.segment.plan_ahead = self.segment.is_lead_read = True
            return
        is_first = not (segment.in_brackets or segment.has_subject or self.has_figures)
        if is_first and self.context.announces(self.tokens, atom, self.sentence):
            # «Kế hoạch năm 2022 là: …»: what follows was set, not reached.
            self.context.kind = self.context.kind and "target"
            if atom.data:
                self.context.target = whole_year(atom.data)
            segment.words = []
            return
        segment.plan_ahead = True
        segment.period = segment.period or (whole_year(atom.data) if atom.data else None)
        segment.is_lead_read = segment.is_lead_read or not segment.words

    def _is_capital(self, atom: Atom) -> bool:
        """«Giải ngân kế hoạch vốn … đạt»: what was allotted, a part of the name."""
        if self.segment.has_amount or self.segment.verbs or self.segment.in_brackets:
            return False
        return self._is_disbursed(atom) and self._verb_follows()

    def _base(self, atom: Atom) -> None:
        segment = self.segment
        base: Base = atom.data
        if base.kind == "plan" and segment.verb in _OUTCOMES and not segment.has_amount:
            self._plan(atom._replace(data=None))
            return
        segment.base = base
        segment.bases.append(base)
        is_open = not (segment.words or segment.has_subject or segment.has_amount)
        if is_open and base.place is None:
            self.base = base

    def _changes_next(self) -> bool:
        """Say whether «tăng» or «giảm» is the next thing said."""
        following = self.atoms[self.at + 1 : self.at + 2]
        return any(atom.kind == "verb" and atom.data in UP_DOWN for atom in following)

    def _amount_is_next(self) -> bool:
        following = [atom.kind for atom in self.atoms[self.at + 1 : self.at + 3]]
        return following[:1] == ["amount"] or following == ["qualifier", "amount"]

    def _amount_follows(self) -> bool:
        for atom in self.atoms[self.at + 1 : self.at + 6]:
            if atom.kind == "amount":
                return True
            if atom.kind == "mark" or self.tokens[atom.start].word in {*CONTRASTING, "và"}:
                return False
        return False
