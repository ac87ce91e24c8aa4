"""Charts of documents hold the numbers, words and marks that the window draws."""

from datetime import date

from spp_desktop.documents.charts.bars import CountBar, bars_alternative, bars_picture
from spp_desktop.documents.charts.frame import cut_words, free_row, in_rows, width_of
from spp_desktop.documents.charts.series import alternative, series_picture
from spp_desktop.documents.charts.targets import targets_alternative, targets_picture
from spp_desktop.documents.picture import FilledBar, Label, Mark, Stroke, VectorPicture
from spp_desktop.figures.charts.series_chart import series_chart
from spp_desktop.figures.charts.target_chart import targets_chart
from spp_desktop.figures.comparison import Break
from spp_desktop.figures.control.chart import ControlRebase
from spp_desktop.figures.control.words import POINTS
from spp_desktop.figures.judging.series import ChartAnnotation, Reading
from spp_desktop.figures.scale import Scale
from spp_desktop.plan.periods import month_end
from tests.figures import test_charts as targets_said
from tests.figures.test_series_chart import by_month, judged, robbery

NOTED = ChartAnnotation("n", date(2008, 4, 2), "Operation Cavalier", "Officer")


def words(picture: VectorPicture) -> list[str]:
    return [shape.text for shape in picture.shapes if isinstance(shape, Label)]


def marks(picture: VectorPicture) -> list[Mark]:
    return [shape for shape in picture.shapes if isinstance(shape, Mark)]


def inside(picture: VectorPicture) -> bool:
    """Whether nothing stands outside the picture."""
    ends: list[tuple[float, float]] = []
    for shape in picture.shapes:
        match shape:
            case Stroke(points=points):
                ends += points
            case FilledBar(left=left, top=top, width=width, height=height):
                ends += [(left, top), (left + width, top + height)]
            case Mark(x=x, y=y):
                ends += [(x, y)]
            case Label(x=x, y=y, text=text, anchor=anchor):
                begins = x - width_of(text) * {"start": 0, "middle": 0.5, "end": 1}[anchor]
                ends += [(begins, y), (begins + width_of(text), y)]
    return all(-1 <= x <= picture.width + 6 and -1 <= y <= picture.height + 1 for x, y in ends)


def test_each_result_is_a_mark_that_says_its_numbers() -> None:
    chart = series_chart(robbery())
    told = [mark.words for mark in marks(series_picture(chart)) if mark.words]
    assert told == [spot.words for spot in chart.spots if spot.value is not None]


def test_every_number_and_word_of_the_window_is_there() -> None:
    chart = series_chart(robbery(series={"breaks": (Break(date(2008, 4, 1), "why"),), "annotations": (NOTED,)}))
    picture = series_picture(chart)
    shown = words(picture)
    assert [key.words for key in chart.legend] == shown[-len(chart.legend) :]
    assert {"400", "Apr 2007", "Apr 2008", "counted anew", "1", "Axis begins at 338, not at 0"} <= set(shown)
    assert inside(picture)
    divider, note = (
        next(s for s in picture.shapes if isinstance(s, Label) and s.text == t) for t in ("counted anew", "1")
    )
    assert divider.y != note.y, "they stand in two rows, since one would cover the other"


def test_a_line_ends_where_a_result_is_missing() -> None:
    picture = series_picture(series_chart(judged(by_month([3.0, None, 5.0, 6.0]), measure="level")))
    lines = [shape.points for shape in picture.shapes if isinstance(shape, Stroke) and shape.role == "result"]
    assert [len(points) for points in lines] == [2, 2], "the second one is the sample in the legend"
    assert len([mark for mark in marks(picture) if mark.words]) == 3


def test_special_causes_differ_by_shape_and_what_may_change_is_open() -> None:
    readings = [reading._replace(state="provisional") for reading in robbery().series.readings]
    picture = series_picture(series_chart(judged(readings)))
    own = [mark for mark in marks(picture) if mark.words]
    assert {mark.shape for mark in own} > {"dot"}
    pairs = [(mark.x, mark.y) for mark in marks(picture) if mark.role == "paper"]
    assert {(mark.x, mark.y) for mark in own} <= set(pairs)


def test_the_shapes_are_those_of_the_window() -> None:
    drawn = {"dot": "disc", "triangle": "triangle", "square": "square", "diamond": "diamond"}
    every = [reading for at in range(2) for reading in by_month([1 + 100 * at] * 12, date(2006 + at, 4, 1))]
    picture = series_picture(series_chart(judged([*every, Reading(date(2008, 4, 1), date(2008, 4, 30), 900)])))
    chart = series_chart(judged([*every, Reading(date(2008, 4, 1), date(2008, 4, 30), 900)]))
    own = [drawn[mark.shape] for mark in marks(picture) if mark.words]
    assert own == [POINTS[spot.kind].shape for spot in chart.spots if spot.value is not None]


def test_an_axis_that_leaves_out_nought_says_so() -> None:
    assert cut_words(38.2, 52.0, "%") == "Axis begins at 38%, not at 0"
    assert cut_words(93.14, 96.0, "%") == "Axis begins at 93.1%, not at 0"
    assert cut_words(-20.0, -4.0) == "Axis ends at \N{MINUS SIGN}4, not at 0"
    assert not cut_words(0.0, 52.0)
    assert not cut_words(-3.0, 52.0)


def test_steps_of_a_scale_have_no_axis_to_cut() -> None:
    grades = Scale(("Poor", "Fair", "Good"))
    graded = [Reading(date(year, 4, 1), date(year + 1, 3, 31), 2 + year % 2) for year in (2006, 2007)]
    picture = series_picture(series_chart(judged(graded, measure="grade", scale=grades)))
    assert {"Poor", "Fair", "Good"} <= set(words(picture))
    assert not [text for text in words(picture) if text.startswith("Axis")]


def test_several_populations_have_their_names_at_their_lines() -> None:
    sides = [
        Reading(date(2008, month, 1), month_end(date(2008, month, 1)), 50.0 + month, population=who)
        for who in ("Men", "Women")
        for month in (4, 5)
    ]
    assert {"Men", "Women"} <= set(words(series_picture(series_chart(judged(sides)))))


def test_the_alternative_says_kind_indicator_area_period_finding_and_a_cut_axis() -> None:
    told = alternative(series_chart(robbery()))
    begins = "Control chart: PI7  Reduce robbery: robberies by month, the whole force, 18 results, "
    assert told.startswith(f"{begins}April 2007 to September 2008.")
    assert robbery().sentence in told
    assert told.endswith("Axis begins at 338, not at 0.")
    assert alternative(series_chart(judged([]))).endswith("the whole force. No results.")
    assert alternative(series_chart(judged(by_month([3.0]), measure="level"))).startswith("Line chart: ")


def test_new_limits_are_told_at_their_day() -> None:
    anew = robbery(series={"rebases": (ControlRebase(date(2008, 1, 1), "new team", "Officer"),)})
    assert "new limits" in words(series_picture(series_chart(anew)))


def test_targets_stand_as_they_were_stated_levels_and_changes_apart() -> None:
    level = targets_said.Indicator(unit="%", targets={2008: targets_said.Target("level", "85%", 85.0)})
    result = targets_said.Result(date(2008, 4, 1), date(2008, 6, 30), 81.0, "provisional")
    chart = targets_chart(level, [result, result], [2008, 2009], "")
    picture = targets_picture(chart)
    assert {"85%", "0", "2008-2009", "2009-2010"} <= set(words(picture))
    assert [mark.shape for mark in marks(picture)] == ["open dot", "open dot"]
    assert inside(picture)
    assert len([shape for shape in picture.shapes if isinstance(shape, Stroke) and shape.role == "result"]) == 1
    one = targets_picture(targets_chart(level, [result], [2008], ""))
    assert not [shape for shape in one.shapes if isinstance(shape, Stroke) and shape.role == "result"]
    assert targets_alternative(chart).startswith("Chart of targets: ")
    change = targets_said.Indicator(targets={None: targets_said.Target("change over plan", "11%", 11.0)})
    both = targets_picture(targets_chart(change, [result], range(2000, 2012), ""))
    assert {"11%", "Change as stated, %"} <= set(words(both))
    assert [shape for shape in both.shapes if isinstance(shape, FilledBar)]
    assert len([text for text in words(both) if text.startswith("20")]) < 12, "names that would overlap are left out"


def test_targets_in_words_alone_have_no_picture() -> None:
    worded = targets_said.Indicator(targets={2008: targets_said.Target("benchmark", "Benchmark", None)})
    assert targets_picture(targets_chart(worded, [], [2008], "")).shapes == ()


def test_bars_begin_at_nought_in_one_measure() -> None:
    bars = [CountBar("Red", 4, "bad"), CountBar("Amber", 1, "watch"), CountBar("Green", 0, "good")]
    picture = bars_picture("Indicators", bars)
    red, amber = (shape for shape in picture.shapes if isinstance(shape, FilledBar))
    assert red.width == 4 * amber.width
    assert red.left == amber.left
    assert words(picture) == ["Red", "4", "Amber", "1", "Green", "0"]
    assert bars_alternative("Indicators", bars) == "Bar chart: Indicators. Red 4, Amber 1, Green 0."
    assert bars_picture("None", []).shapes == ()


def test_rows_are_filled_from_the_left() -> None:
    assert in_rows([4, 5, 3], 10) == [(0, 0.0), (0, 4.0), (1, 0.0)]
    taken = [8.0]
    assert free_row(taken, 2, 5) == 1
    assert free_row(taken, 9, 12) == 0
    assert taken == [12, 5]
