"""Running cases follow a changed diagram, and come back: what survives, what changes, what not."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from fellesgrep.core.audit import sentences, timeline, verify
from fellesgrep.identity.policy import Role
from fellesgrep.workflow import migration, pausing, service
from fellesgrep.workflow.catalogue import bundle_of, read_folder
from fellesgrep.workflow.lookover import faults
from fellesgrep.workflow.migration import Batch
from fellesgrep.workflow.models import ProcessBundle, Task, TaskDraft
from fellesgrep.workflow.version_views import batch_view
from tests.backend.workflow.conftest import Tell, put_in_force
from tests.backend.workflow.diagrams import fact, flow, form, node, process, timer
from tests.workflows.story import Story

START, END = node("startEvent", "start"), node("endEvent", "end", outcome="completed")


def errand(*more: str, lane: str = "liaison", due: str = "7", late: str = "P14D") -> dict[str, str]:
    """A task with a deadline on its edge, then what is given, one after the other."""
    steps = ["ask", *more]
    parts = [
        START,
        node("userTask", "ask", due_days=due),
        node("boundaryEvent", "late", timer("timeDuration", late), 'attachedToRef="ask"'),
        *(node("userTask", each) for each in more),
        END,
        flow("late", "end"),
        *(flow(a, b) for a, b in zip(["start", *steps], [*steps, "end"], strict=True)),
    ]
    return {
        "errand/process.bpmn": process(*parts, lanes={f"role_{lane}": steps}),
        **{f"errand/forms/{each}.json": form("words") for each in steps},
    }


def move(story: Story, to: str, *, dry_run: bool = False, back: bool = False) -> Batch:
    act = migration.take_back_batch if back else migration.move_batch
    with story.house.transaction() as tx:
        acting = story.acting(tx, Role.ADMIN)
        return act(acting, tx.session.get_one(ProcessBundle, to), dry_run=dry_run)


def publish(story: Story, files: Mapping[str, str]) -> str:
    story.files = dict(files)
    with story.house.transaction() as tx:
        return put_in_force(tx, files)


def said(story: Story, batch: Batch) -> list[tuple[list[str], list[str]]]:
    with story.house.transaction() as tx:
        moves = batch_view(tx, batch, "nb").moves
    return [(each.reasons, each.changes) for each in moves]


def standing(story: Story) -> list[tuple[object, ...]]:
    """All that a move may change."""
    with story.house.transaction() as tx:
        rows = service.open_tasks(tx, story.subject)
        instance = story.instance()
        return [
            (instance.bundle_hash, instance.next_due),
            *((t.id, t.token, t.name, t.role, t.assignee_id, t.due_on) for t in rows),
        ]


def test_a_dry_run_tells_what_would_change_and_changes_nothing(tell: Tell) -> None:
    story = tell(errand()).begins()
    before, version = standing(story), story.instance().version
    new = publish(story, errand("then", lane="legal", due="10", late="P20D"))
    batch = move(story, new, dry_run=True)
    assert said(story, batch) == [
        (
            [],
            [
                "ask: Oppgaven går fra Områdekontakt til Jurist",
                "ask: Fristen går fra 2026-03-09 til 2026-03-12",
                "Neste tidsfrist går fra 2026-03-16 til 2026-03-22",
            ],
        )
    ]
    assert (standing(story), story.instance().version) == (before, version)


def test_a_moved_case_goes_on_by_the_new_diagram_and_its_history_says_so(tell: Tell) -> None:
    story = tell(errand()).begins()
    new = publish(story, errand("then", lane="legal", late="P20D"))
    assert [each.possible for each in move(story, new).moves] == [True]
    assert [(task.element, task.role) for task in story.tasks()] == [("ask", "legal")]
    due = story.instance().next_due
    assert due == story.clock.now() + timedelta(days=20)
    story.completes("ask")
    assert story.waits_for == ["then"]
    story.completes("then")
    assert story.outcome == "completed"
    with story.house.transaction() as tx:
        entries = timeline(tx.session, story.subject)
        history = sentences(tx.session, story.house.registry, entries, "nb")
        assert list(verify(tx.session)) == []
    assert f"Admin Nordmann flyttet saken til versjon {new[:12]} av prosessen «Ærend»." in history


def test_moving_twice_and_taking_back_twice_does_each_once(tell: Tell) -> None:
    story = tell(errand()).begins()
    before = standing(story)
    new = publish(story, errand("then", lane="legal", due="10", late="P20D"))
    move(story, new)
    assert list(move(story, new).moves) == []
    assert [each.possible for each in move(story, new, back=True).moves] == [True]
    assert standing(story) == before
    assert list(move(story, new, back=True).moves) == []
    with story.house.transaction() as tx:
        kinds = [entry.kind for entry in timeline(tx.session, story.subject)]
    assert kinds == ["process:moved_back", "process:moved", "process:started"]


def test_a_case_that_has_gone_on_since_is_taken_back_from_where_it_stands(tell: Tell) -> None:
    story = tell(errand("then")).begins()
    old = story.instance().bundle_hash
    new = publish(story, errand("then", lane="legal"))
    move(story, new)
    story.completes("ask")
    assert [each.possible for each in move(story, new, back=True).moves] == [True]
    assert story.instance().bundle_hash == old
    assert [(task.element, task.role) for task in story.tasks()] == [("then", "liaison")]
    story.files = errand("then")
    assert story.completes("then").outcome == "completed"


def test_a_case_cannot_come_back_from_a_step_that_was_not_there_and_says_why(tell: Tell) -> None:
    story = tell(errand()).begins()
    new = publish(story, errand("then"))
    move(story, new)
    story.completes("ask")
    ((reasons, _),) = said(story, move(story, new, back=True))
    assert reasons == ["Steget «then», der saken står, finnes ikke i den nye versjonen."]
    assert story.instance().bundle_hash == new
    assert story.completes("then").outcome == "completed"


def one_step(kind: str = "userTask", id_: str = "ask", edge: str = "") -> dict[str, str]:
    parts = (START, node(kind, id_), edge, END, flow("start", id_), flow(id_, "end"))
    return {
        "errand/process.bpmn": process(*parts, lanes={"role_liaison": [id_]}),
        f"errand/forms/{id_}.json": form("words"),
    }


@pytest.mark.parametrize(
    ("files", "why"),
    [
        (one_step(id_="other"), "gone"),
        (one_step("serviceTask"), "other_kind"),
        (
            one_step(
                edge=node(
                    "boundaryEvent", "late", timer("timeDuration", "P1D"), 'attachedToRef="ask"'
                )
                + flow("late", "end")
            ),
            "other_edge",
        ),
        (
            {name: text for name, text in one_step().items() if "forms" not in name}
            | {"errand/names.json": "{}"},
            "no_form",
        ),
    ],
)
def test_a_case_whose_place_does_not_survive_stays_where_it_is(
    tell: Tell, files: dict[str, str], why: str
) -> None:
    story = tell(one_step()).begins()
    before = standing(story)
    (moved,) = move(story, publish(story, files)).moves
    assert [each.kind for each in moved.obstacles] == [why]
    assert standing(story) == before
    story.files = one_step()
    assert story.completes("ask").outcome == "completed"


def asking(colour: bool) -> dict[str, str]:
    """Two tasks, a question, and a task behind it; the question may be about a colour."""
    parts = [
        START,
        *(node("userTask", each) for each in ("first", "ask", "last")),
        node("exclusiveGateway", "way", attributes='default="way_last"'),
        END,
        node("endEvent", "other", outcome="other"),
        *(flow(a, b) for a, b in (("start", "first"), ("first", "ask"), ("ask", "way"))),
        *(flow(a, b) for a, b in (("way", "last"), ("last", "end"))),
        flow("way", "other", 'colour == "red"' if colour else "1 == 2"),
    ]
    return {
        "errand/process.bpmn": process(*parts, lanes={"role_liaison": ["first", "ask", "last"]}),
        "errand/forms/first.json": form("colour", colour=fact()) if colour else form("words"),
        "errand/forms/ask.json": form("words"),
        "errand/forms/last.json": form("words"),
    }


def test_a_case_does_not_go_where_a_question_ahead_was_never_answered(tell: Tell) -> None:
    stories = {way: tell(asking(colour=False)).begins() for way in ("early", "late", "behind")}
    for way in ("late", "behind"):
        stories[way].completes("first")
    stories["behind"].completes("ask")
    batch = move(stories["early"], publish(stories["early"], asking(colour=True)))
    possible = {each.instance_id: each.obstacles for each in batch.moves}
    assert possible[stories["early"].instance_id] == []
    assert possible[stories["behind"].instance_id] == []
    (obstacle,) = possible[stories["late"].instance_id]
    assert (obstacle.kind, obstacle.params["names"]) == ("facts", "colour")


def test_a_case_on_hold_moves_asleep_and_wakes_on_the_new_version(tell: Tell) -> None:
    story = tell(errand()).begins()
    with story.house.transaction() as tx:
        pausing.pause(story.acting(tx, Role.ADMIN), story.subject)
    new = publish(story, errand("then", lane="legal", late="P20D"))
    assert [each.possible for each in move(story, new).moves] == [True]
    (task,) = story.tasks()
    assert (task.status, task.role, story.instance().next_due) == ("resting", "legal", None)
    with story.house.transaction() as tx:
        pausing.go_on(story.acting(tx, Role.ADMIN), story.subject)
    assert story.instance().next_due == story.clock.now() + timedelta(days=20)
    assert story.completes("ask").waits_for == ["then"]


def test_a_draft_keeps_what_the_new_form_asks_and_gets_the_rest_back(tell: Tell) -> None:
    story = tell(one_step()).begins()
    person = story.people[Role.LIAISON]
    with story.house.transaction() as tx:
        task = tx.session.get_one(Task, story.task("ask").id)
        service.save_draft(tx, task, person, {"words": "Langt utkast", "more": "Mer"})
    new = publish(story, one_step() | {"errand/forms/ask.json": form("more")})
    ((_, changes),) = said(story, move(story, new))
    assert changes == [
        "ask: Skjemaet er endret",
        "ask: Utfylt kladd beholdes; felt som faller bort: 1",
    ]

    def draft() -> dict[str, object]:
        with story.house.transaction() as tx:
            return tx.session.get_one(TaskDraft, (story.task("ask").id, person)).answers

    assert draft() == {"more": "Mer"}
    move(story, new, back=True)
    assert draft() == {"words": "Langt utkast", "more": "Mer"}


def test_many_cases_move_in_batches_and_none_is_left_out(tell: Tell) -> None:
    stories = [tell(one_step()).begins() for _ in range(migration.BATCH + 2)]
    first = stories[0]
    new = publish(first, one_step() | {"errand/forms/ask.json": form("more")})
    batch = move(first, new)
    assert (len(batch.moves), batch.left) == (migration.BATCH, 2)
    with first.house.transaction() as tx:
        to = tx.session.get_one(ProcessBundle, new)
        rest = migration.move_batch(tx, to, after=batch.after)
    assert (len(rest.moves), rest.after, rest.left) == (2, None, 0)
    assert {story.instance().bundle_hash for story in stories} == {new}


def changed_cooperation() -> dict[str, str]:
    """The shipped processes with forms, names and deadlines of several called ones changed."""
    files = read_folder()
    for path in bundle_of(files, "cooperation").files:
        if path.endswith("process.bpmn"):
            files[path] = files[path].replace('name="due_days" value="', 'name="due_days" value="1')
            files[path] = files[path].replace(
                '<bpmn:userTask id="sign" name="', '<bpmn:userTask id="sign" name="Ny: '
            )
        if "/forms/" in path:
            files[path] = files[path].replace('"nb": "', '"nb": "Ny: ', 1)
    return files


STAGES = [
    "log_first_contact", "clarify_expectations", "write_proposal", "decide_co_funding",
    "draft_agreement", "set_up_signing", "sign", "countersign", "conclude_cooperation",
]  # fmt: skip


@pytest.mark.parametrize("stage", STAGES)
def test_cases_at_every_stage_move_to_a_changed_diagram_and_back(tell: Tell, stage: str) -> None:
    story = tell(read_folder())
    story.process = "cooperation"
    story.begins().up_to(stage)
    before = standing(story)
    old, files = story.instance().bundle_hash, story.files
    new = publish(story, changed_cooperation())
    (moved,) = move(story, new).moves
    assert (list(moved.obstacles), story.instance().bundle_hash) == ([], new)
    assert "form" in {change.kind for change in moved.changes}
    with story.house.transaction() as tx:
        assert faults(tx, story.instance()) == []
    assert [each.possible for each in move(story, new, back=True).moves] == [True]
    assert (standing(story), story.instance().bundle_hash) == (before, old)
    move(story, new)
    story.up_to("conclude_cooperation").completes("conclude_cooperation")
    assert (story.outcome, story.instance().bundle_hash) == ("completed", new)
    assert files != story.files
