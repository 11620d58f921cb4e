"""Of which indicator a clause speaks: known names, noun phrases, places in their stead."""

from indicators.reading.atoms import Atom
from indicators.reading.drafts import Draft
from indicators.reading.figures import Figures
from indicators.reading.phrases import ACTORS, is_noun_phrase, lead_words, narrows
from indicators.reading.segments import CONNECTORS, UP_DOWN, Segment
from indicators.reading.source import words
from indicators.reading.words import HEADS

SHARE_OF = words("Tỷ trọng")
_OPENING = 1  # words before a place that opens a paragraph
_SHORT = 2  # words of a name that is also an everyday one
_PART = 4  # words of «nông, lâm nghiệp và thủy sản» before its comma


class Naming(Figures):
    """The part of the reader that meets names; the sentence at hand is set by its heir."""

    def _word(self, atom: Atom) -> None:
        segment = self.segment
        word = self.tokens[atom.start].word
        if segment.has_amount:
            following = self.tokens[atom.end].word if atom.end < len(self.tokens) else ""
            if word in CONNECTORS or (word == "trong" and following in {"đó", "khi"}):
                self._new_segment()
                self.segment.words.append(atom.start)
            return
        if segment.verbs and word in {"như", "gồm"}:
            self._new_segment()  # «một số sản phẩm tăng mạnh như tôm đông lạnh tăng 19,8%»
            return
        if not segment.verbs and not segment.qualifiers:
            segment.words.append(atom.start)

    def _neutral(self, atom: Atom) -> None:
        """Go back from a district to the whole: «…; toàn tỉnh đạt 41.250 tỷ đồng»."""
        draft = self.draft
        if draft is None or draft.is_empty or not draft.place or self.segment.has_amount:
            return
        if self.tokens[atom.start].word in {"toàn", "cả"}:
            whole = draft.again(draft.period, self.context.kind)
            whole.place = None
            self.finish()
            self.draft = whole

    def _idle(self, atom: Atom) -> None:
        """A number that is no figure."""

    def _after(self, atom: Atom) -> None:
        if self.segment.has_amount and self.draft and self.draft.amount:
            self.draft.qualifier = atom.data

    def _place(self, atom: Atom) -> None:
        found = atom.data
        place = self.tokens[found.start : found.end]
        name = self.source.written(place[0].start, place[-1].end)
        is_own = bool(found.key) and found.key == self.context.own
        if self.segment.has_amount:
            return
        if self.draft is not None and self.segment.has_subject and self.draft.is_empty:
            self.draft.place = None if is_own else name
            return
        if self.segment.verb in UP_DOWN and not self.segment.has_subject:
            self._new_segment()  # «giảm sâu có Bến Tre giảm 3,4%»
        self.place = None if is_own else name
        if self.sentence.is_line_start and atom.start <= _OPENING:
            self.line_place = self.place  # «Tại Hải Dương, …» holds for the paragraph
        self.segment.words.append(atom.start)

    def _name(self, atom: Atom) -> None:
        segment = self.segment
        if segment.has_amount:
            return  # what is counted, or the whole a share is of
        if segment.verb in {"beyond", "fail"}:
            return  # «vượt tốc độ tăng trưởng theo kế hoạch»
        match = atom.data
        narrowed = narrows(self.tokens, self.atoms, self.at, segment.words)
        if match.end - atom.start == _SHORT and self.tokens[atom.start].word in {"xuất", "nhập"}:
            # «xuất khẩu» alone is the indicator only where nothing else stands before it.
            narrowed = narrowed or bool(lead_words(self.tokens, segment.words))
        draft = self.draft
        if (
            draft is not None
            and draft.is_empty
            and draft.subjects == match.subjects
            and (not draft.is_narrowed)
        ):
            draft.is_narrowed = narrowed
            segment.has_subject = segment.is_lead_read = True
            return
        self._open(match.subjects, atom.start, self._closed(atom.start, match.end), narrowed)
        self.listed.append(self.draft)
        if segment.verb in UP_DOWN and not segment.has_amount:
            self.draft.is_rate = True
        lead = {self.tokens[index].word for index in segment.words}
        if {"tốc", "độ"} <= lead or {"nhịp", "độ"} <= lead or {"mức", "tăng"} <= lead:
            self.draft.is_rate = True
        for token in self.tokens[atom.start : match.end]:
            if token.word in {"dự", "ước"}:
                segment.qualifiers.append("expected" if token.word == "dự" else "estimated")
        for number in match.numbers:
            self._number_within(number)

    def _closed(self, first: int, end: int) -> int:
        """Return the index after a name with the bracket that closes it: «… (IIP)»."""
        marks = [token.word for token in self.tokens[first : end + 1]]
        return end + (marks.count("(") == 1 and marks[-1] == ")" and marks.count(")") == 1)

    def _number_within(self, index: int) -> None:
        """Take «900» of «thành lập mới 900 doanh nghiệp»."""
        inner = self.scanner.amount_at(self.tokens, index)
        if inner.data.unit is not None:
            self._amount(inner)

    def _open(self, subjects, first: int, end: int, narrowed: bool) -> None:
        self.finish()
        segment = self.segment
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        self.draft = Draft(
            subjects=subjects, words=(start, stop), start=start, end=stop, is_narrowed=narrowed,
            place=self.place, period=segment.period or self.local, kind=self.context.kind,
        )  # fmt: skip
        segment.has_subject = segment.is_lead_read = True
        if subjects:
            self.header = self.draft

    def _read_lead(self) -> None:
        """Open a row for the words before the verb, if they name something."""
        segment = self.segment
        if segment.is_lead_read:
            return
        segment.is_lead_read = True
        places = {atom.start for atom in self.atoms if atom.kind == "place"}
        words = lead_words(self.tokens, segment.words, places)
        if not words:
            return
        if self.tokens[words[0]].word in ACTORS and not segment.in_brackets:
            if self.draft is not None and not self.draft.subjects:
                self.finish()
            return
        place = next((a for a in self.atoms if a.kind == "place" and a.start == words[0]), None)
        if place is not None and len(words) == 1:
            self._open_place(place)
            return
        if not is_noun_phrase(self.tokens, words):
            return
        if self._is_per_head(segment):
            return
        joined: list[int] = []
        if self.before and words[0] == segment.words[0]:
            earlier = lead_words(self.tokens, self.before, places)
            is_part = len(earlier) <= _PART or (
                len(earlier) <= 3 * _PART and self.tokens[earlier[0]].word in HEADS
            )
            if earlier and is_part and is_noun_phrase(self.tokens, earlier):
                joined = earlier + words
        subjects = self._structure_subjects(joined)
        if subjects or (joined and not self._structure_subjects(words)):
            words = joined
        subjects = subjects or self._structure_subjects(words)
        self._open(subjects, words[0], words[-1] + 1, False)

    def _is_per_head(self, segment: Segment) -> bool:
        """Read «GRDP tăng 6,5%, bình quân đầu người đạt …» as what both phrases name."""
        said = [index for index in segment.words if self.tokens[index].word not in {"tính", "và"}]
        phrase = [self.tokens[index] for index in said]
        if self.draft is None or [token.word for token in phrase[:2]] != ["bình", "quân"]:
            return False
        name = words(self.source.plain[slice(*self.draft.words)])
        match = self.names.at([*name, *phrase], 0)
        if match is None or match.end < len(name) + len(phrase):
            return False
        self._open(match.subjects, said[0], said[-1] + 1, False)
        return True

    def _open_place(self, place: Atom) -> None:
        if self.header is None:
            return
        header = self.header
        self._open(header.subjects, place.start, place.end, header.is_narrowed)
        self.draft.words = header.words
        self.draft.is_listed = True
        self.header = header

    def _structure_subjects(self, words):
        """In «Cơ cấu kinh tế: công nghiệp, xây dựng …» a branch means its share."""
        if not self.context.is_structure:
            return ()
        branch = [self.tokens[index] for index in words]
        while branch and branch[0].word in {
            "khu",
            "vực",
            "ngành",
            "các",
            "lĩnh",
            "tỷ",
            "tỉ",
            "trọng",
        }:
            branch = branch[1:]
        if not branch:
            return ()
        match = self.names.at([*SHARE_OF, *branch], 0)
        return match.subjects if match is not None and match.end == len(branch) + 2 else ()
