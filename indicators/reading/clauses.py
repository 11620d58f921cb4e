"""Clauses: of which indicator, period, place and kind a sentence speaks at each word."""

from indicators.reading.aims import OUTCOMES, Aims
from indicators.reading.amounts import Amount
from indicators.reading.atoms import Atom, Scanner
from indicators.reading.comparisons import Base
from indicators.reading.contexts import Context
from indicators.reading.drafts import HUNDRED, Change, Draft
from indicators.reading.finishing import readings
from indicators.reading.hedges import denial, supposed
from indicators.reading.onward import is_whole, lacks_subject, opening_place, whole
from indicators.reading.pairs import pair
from indicators.reading.periods import Period
from indicators.reading.places import heading_at, opening_at
from indicators.reading.rows import Reading
from indicators.reading.segments import UP_DOWN, Segment
from indicators.reading.source import Sentence, Source, is_caption
from indicators.reading.subjects import Names
from indicators.reading.verdicts import Verdict, verdict_in

NOWHERE = ""  # no place is to be returned to
_BREAKS = {",", ";", ":", "•", "*", "|", "\t", ".", "!", "?", "…"}
# Openings that go on with what the line before was about.
_GOING_ON = {
    "trong đó", "cụ thể", "theo đó", "bao gồm", "phân theo", "chia theo", "chia ra", "phân ra",
    "xét theo", "nếu chia", "nếu phân", "tính theo",
}  # fmt: skip
_BEGINNINGS = {"khu", "lĩnh", "ngành", "nhóm"}  # of another name
_ENDS_LIST = {"tuy", "nhưng", "còn", "song", "…", "bên", "ngoài"}
_LONGEST_LIST = 14  # words of a name with commas in it


class Clauses(Aims):
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
        self.base = None

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
        goes_on = " ".join(token.word for token in self.tokens[:2]) in _GOING_ON
        self.base: Base | None = self.base if goes_on else None
        self.direction = 0  # of the last change told
        self.local: Period | None = None
        self.consumed: set[int] = set()
        self.header = None
        self.kind_before: str | None = None  # behind a lone target
        self.pending = ""  # outcome of a result that is still to be told
        self.verdict = ""  # on all that is listed
        self.beside_plan: set[int] = set()  # atoms of «so với kế hoạch là 7,5%»
        headed = verdict_in(self.tokens)
        self.before: list[int] = []  # lead words of the last segment, if it had no number
        self.has_figures = False
        self.context.begin_sentence(self.atoms, self.tokens)
        self.context.notice_structure(sentence.tokens)
        if self.draft is not None and not self._continues():
            self.finish()
        if self.draft is None:
            self.draft = self._told_before()
        self.opened = [] if self.draft is None else [self.draft]
        for at, atom in enumerate(self.atoms):
            self.at = at
            if self.verdict and self.tokens[atom.start].word in _ENDS_LIST:
                self.verdict = ""
            if headed is not None and headed.start <= atom.start < headed.end:
                self._judge(headed, atom)
            elif at not in self.consumed:
                getattr(self, f"_{atom.kind}")(atom)
        self._end_segment()
        self._return_to_kind()
        while self.outer:  # a bracket that was never closed
            draft = self.outer.pop()[3]
            if draft is not None and draft is not self.draft:
                self.finish()
                self.draft = draft
        self._finish_group()
        if sentence.closes or (self.has_figures and not sentence.is_line_end):
            self.finish()

    def _judge(self, headed: Verdict, atom: Atom) -> None:
        """Pass over the words of a verdict, but for their period; a list begins behind them."""
        if not self.verdict:
            self._end_segment()
            self.verdict = headed.outcome
            self.finish()
        self.segment = Segment(period=self.segment.period, is_new_part=True)
        if atom.kind == "period":
            self._period(atom)

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
        if not (fits or self._tells_change(amount)):
            return None
        draft = before.again(None, self.context.kind)
        draft.start = draft.end = self.sentence.start
        opening = opening_place(self.atoms, self.tokens)
        if opening is not None:
            draft.place = self._name_of(opening.data, self.tokens)
        elif is_whole(self.tokens, self.atoms[0]):
            draft.place = None
        return draft

    def _tells_change(self, amount: Amount) -> bool:
        """«Tính chung 9 tháng tăng 5,2%»: how much more, whatever was told of it before."""
        before = next(at for at, atom in enumerate(self.atoms) if atom.kind == "amount")
        verbs = [atom.data for atom in self.atoms[:before] if atom.kind == "verb"]
        is_rate = amount.unit is not None and amount.unit.dimension == "%"
        return is_rate and verbs[-1:] in (["up"], ["down"])

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
                inner = self.segment
                if inner.has_amount:
                    self.outer[-1][0].words, self.before = [], []
                self.segment, self.local, aside, draft, self.place = self.outer.pop()
                if draft is None and inner.has_amount and self.draft is not None:
                    self.finish()  # «(chiếm 90% tổng giá trị …) chỉ đạt 560»: not of that
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
            self._return_to_kind()
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

    def _verb(self, atom: Atom) -> None:
        self._read_lead()
        if self.segment.has_amount and atom.data != "to":
            self._new_segment()
            self.segment.is_lead_read = True
        segment = self.segment
        if self._was_carried_out(atom):
            self.context.kind = "result"
        denied = denial(self.tokens, atom.start) if atom.data in OUTCOMES else ""
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
        if self._leads_to_pace(atom) or self._is_of_target():
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

    def _base(self, atom: Atom) -> None:
        segment = self.segment
        base: Base = atom.data
        if base.kind == "plan" and segment.verb in OUTCOMES and not segment.has_amount:
            self._plan(atom._replace(data=None))
            return
        segment.base = base
        segment.bases.append(base)
        is_open = not (segment.words or segment.has_subject or segment.has_amount)
        if is_open and base.place is None:
            self.base = base
