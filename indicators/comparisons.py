"""What follows from a figure: its growth, how it stands against its plan, its assessment."""

from decimal import Decimal

from indicators import formulas, rounding
from indicators.formulas import Assessment
from portal.numbers import half_up


class Comparisons:
    """
    The computed part of a Figure; nothing here asks the database.

    What a source states comes before what its rounded numbers give (decision 11).
    """

    @property
    def previous_result(self):
        """Return the year before's result as stored, else as implied by the stated growth."""
        if self.previous is not None or self.stated_growth is None or self.result is None:
            return self.previous
        if self.indicator.is_change:
            return None
        if self.indicator.is_percentage:
            return self.result - self.stated_growth
        implied = formulas.implied_base(self.result, self.stated_growth)
        return None if implied is None else half_up(implied, self.indicator.decimals)

    @property
    def previous_is_derived(self):
        return self.previous is None and self.previous_result is not None

    @property
    def growth(self):
        """
        Return the change on the year before: percent, or points for a percentage.

        An indicator that is itself a rate of change is its own growth. As the source states
        it, else computed from the year before as stored; None when neither is known. The
        statement comes first because it was made from figures that «trên 430» cuts short.
        """
        if self.indicator.is_change:
            return self.result
        return self.computed_growth if self.stated_growth is None else self.stated_growth

    @property
    def growth_index(self):
        """
        Return the result as a percentage of the year before; None for percentages.

        None too where the year before was zero or a loss, of which there is no share.
        Follows the source's rate unless the published figures contradict it.
        """
        return self._index(self.computed_growth if self.growth_disagrees else self.growth)

    @property
    def target_growth_index(self):
        """Return the target as a percentage of the year before's result, like ``growth_index``."""
        if self.target_growth_disagrees:
            return self._index(self.computed_target_growth)
        return self._index(self.target_growth)

    @property
    def computed_growth(self):
        """Return the growth worked out from the year before as stored, else None."""
        return self._change_on_previous(self.result)

    @property
    def target_growth(self):
        """Return the planned change on the year before, in the unit and order of ``growth``."""
        if self.indicator.is_change:
            return self.target
        if self.target_stated_growth is None:
            return self.computed_target_growth
        return self.target_stated_growth

    @property
    def computed_target_growth(self):
        return self._change_on_previous(self.target)

    @property
    def growth_is_rough(self):
        """Say whether growth computed from the stored results is only about right."""
        return self._is_cut_short(self.result_qualifier)

    @property
    def target_growth_is_rough(self):
        return self._is_cut_short(self.target_qualifier)

    @property
    def growth_disagrees(self):
        """
        Say whether the stated growth cannot follow from the published results.

        It can where any values that round to what is printed give it (decision 23).
        """
        if self.stated_growth is None:
            return False
        possible = self._allowed_change(rounding.allowed(self.result, self.result_qualifier))
        return rounding.disagrees(rounding.allowed_rate(self.stated_growth), possible)

    @property
    def target_growth_disagrees(self):
        """Say of the target what ``growth_disagrees`` says; a derived target proves nothing."""
        if self.target_is_derived or self.target_stated_growth is None:
            return False
        possible = self._allowed_change(self._allowed_target)
        return rounding.disagrees(rounding.allowed_rate(self.target_stated_growth), possible)

    @property
    def over_plan_disagrees(self):
        """
        Say whether «vượt … % kế hoạch» cannot follow from the result and the published plan.

        Of percentages it may be meant in percent or in points.
        """
        if self.stated_over_plan is None or self.target_is_derived:
            return False
        if self.indicator.is_change or self.target_upper is not None:
            return False
        stated = rounding.allowed_rate(self.stated_over_plan)
        result = rounding.allowed(self.result, self.result_qualifier)
        ways = [rounding.over(result, self._allowed_target)]
        if self.indicator.is_percentage:
            ways.append(rounding.difference(result, self._allowed_target))
        return all(rounding.disagrees(stated, way) for way in ways)

    @property
    def derived_target_disagrees(self):
        """Say whether a target worked out from «vượt … % kế hoạch» is not what that gives."""
        if not self.target_is_derived or self.indicator.is_change:
            return False
        if formulas.implied_plan(self.result, self.stated_over_plan) is None:
            return False
        result = rounding.allowed(self.result, self.result_qualifier)
        over = rounding.allowed_rate(self.stated_over_plan)
        ways = [rounding.before_change(result, over)]
        if self.indicator.is_percentage:
            ways.append(rounding.difference(result, over))
        return all(rounding.disagrees(self._allowed_target, way) for way in ways)

    @property
    def stated_over_plan_stands(self):
        """
        Say whether «vượt … % kế hoạch» is what to go by rather than result and target.

        It is without one of them, and with both unless it contradicts them (decision 23). Of
        rates of change, ranges and targets that are not positive there is no percentage, and
        percentages differ by points: there it may only tell which way a rounded gap points.
        """
        if self.stated_over_plan is None:
            return False
        if self.result is None or self.target is None:
            return True
        if self.indicator.is_change or self.target_upper is not None or self.target <= 0:
            return False
        if self.over_plan_disagrees or self.derived_target_disagrees:
            return False
        if not self.indicator.is_percentage or not self.plan_gap:
            return True
        return self.target_is_derived and self.plan_gap * self.stated_over_plan < 0

    @property
    def outcome_disagrees(self):
        """
        Say whether «đạt kế hoạch» or «không đạt» is not what the numbers amount to.

        Met and exceeded are no contradiction, nor what lies within the rounding of both numbers.
        """
        if not self.stated_outcome or not self.assessment.is_judged:
            return False
        verdicts = {Assessment(self.stated_outcome), self.assessment}
        if len(verdicts) == 1 or Assessment.MISSED not in verdicts:
            return False
        if self.stated_over_plan_stands:
            return True
        result = self._allowed(self.result, self.result_qualifier)
        return rounding.disagrees(result, self._allowed_target)

    @property
    def over_plan(self):
        """
        Return by how many percent the result is above the target; negative when below.

        As the source states it unless the numbers contradict that, else computed; None where
        both are known of a rate of change, and for targets that are a range, zero or negative.
        """
        if self.stated_over_plan_stands:
            return self.stated_over_plan
        if self.indicator.is_change or self.target_upper is not None:
            return None
        return formulas.over_plan(self.result, self.target)

    @property
    def attainment(self):
        """Return the result as a percentage of the target; None where ``over_plan`` is."""
        return None if self.over_plan is None else formulas.HUNDRED + self.over_plan

    @property
    def plan_gap(self):
        """Return result less target in the indicator's unit; None for a range."""
        if self.result is None or self.target is None or self.target_upper is not None:
            return None
        return self.result - self.target

    @property
    def leaning(self):
        """Return on which side of the result the truth lies: −1 below, +1 above, else 0."""
        return self._side(self.Qualifier(self.result_qualifier).leaning, self.result)

    @property
    def assessment(self):
        """
        Return the Assessment, by the same number that ``wording.against_plan`` tells.

        That is the stated one where it stands, else result and target; the source's words
        where there are no numbers.
        """
        direction = self.indicator.direction
        bound = self._side(self.Qualifier(self.target_qualifier).bound, self.target)
        if self.stated_over_plan_stands:
            return formulas.assessment(
                self.stated_over_plan, Decimal(0), direction=direction, bound=bound
            )
        computed = formulas.assessment(
            self.result,
            self.target,
            self.target_upper,
            direction,
            bound=bound,
            leaning=self.leaning,
        )
        is_open = computed in {Assessment.NO_TARGET, Assessment.NO_RESULT}
        return Assessment(self.stated_outcome) if is_open and self.stated_outcome else computed

    def _is_cut_short(self, qualifier):
        words = (qualifier, self.previous_qualifier or "")
        return not self.indicator.is_change and any(
            self.Qualifier(word).cuts_short for word in words
        )

    def _side(self, side, value):
        return formulas.by_size(side, value) if self.indicator.is_change else side

    def _allowed(self, value, qualifier):
        allowed = rounding.allowed_change if self.indicator.is_change else rounding.allowed
        return allowed(value, qualifier)

    @property
    def _allowed_target(self):
        lower = self._allowed(self.target, self.target_qualifier)
        if self.target_upper is None:
            return lower
        return rounding.Interval(lower.low, rounding.allowed(self.target_upper).high)

    def _allowed_change(self, value):
        """Return the Interval of changes on the year before that ``value`` allows."""
        if self.indicator.is_change:
            return None
        before = rounding.allowed(self.previous, self.previous_qualifier or "")
        way = rounding.difference if self.indicator.is_percentage else rounding.growth
        return way(value, before)

    def _change_on_previous(self, value):
        if value is None or self.previous is None or self.indicator.is_change:
            return None
        if self.indicator.is_percentage:
            return value - self.previous
        return formulas.growth_rate(value, self.previous)

    def _index(self, growth):
        if growth is None or self.indicator.growth_unit != "%":
            return None
        before = None if self.indicator.is_change else self.previous_result
        return None if before is not None and before <= 0 else formulas.HUNDRED + growth
