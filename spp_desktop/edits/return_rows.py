"""The plan's rows as a return lists them, and what a workbook says of the plan that they come from."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, Table
from sqlmodel import SQLModel

from spp_desktop.edits import known_returns
from spp_desktop.edits.sources.every import source_of
from spp_desktop.edits.sources.listed import AREAS, POSTS
from spp_desktop.edits.sources.source import EVERYTHING, IssueScope, KeysByTitle, NameList, RowSource
from spp_desktop.plan.force_codes import force_code
from spp_desktop.plan.identity import years_of, years_passed
from spp_desktop.returns.definition import Choices, Listing, PlanFacts, Return, ReturnRow, Value
from spp_desktop.returns.values import shown
from spp_desktop.store import in_roles, own_words, queries
from spp_desktop.store.held_reads import given_again

TitlesByKey = Mapping[str, Mapping[str, str]]
"""The titles that cells name rows of the plan by: by the name of their list, then by the row's key."""


def facts(connection: Connection, *definitions: Return) -> PlanFacts:
    """What every workbook says of the plan, and the lists that cells of some returns are chosen from."""
    return with_lists(connection, _facts_on(connection, queries.plan(connection).today()), *definitions)


def with_lists(connection: Connection, plan: PlanFacts, *definitions: Return) -> PlanFacts:
    """The same with the lists of some returns; those of others, which may be long, are not read."""
    kinds = [source_of(listing) for definition in definitions for listing in definition.listings]
    lists: dict[str, Choices] = {titles.name: _choices(connection, titles) for titles in _name_lists(kinds)}
    for source in kinds:
        lists |= source.lists()
    return replace(
        plan,
        lists={name: choices.titles for name, choices in lists.items()},
        reasons={name: choices.asking for name, choices in lists.items() if choices.asking},
        finished={name: choices.finished for name, choices in lists.items() if choices.finished},
        meanings={title: meaning for choices in lists.values() for title, meaning in choices.meanings.items()},
    )


@given_again
def _choices(connection: Connection, titles: NameList) -> Choices:
    return titles.choices(connection)


@given_again
def _facts_on(connection: Connection, today: date) -> PlanFacts:
    plan = queries.plan(connection)
    return PlanFacts(
        key=plan.id,
        title=plan.title,
        years=tuple(years_of(plan)),
        force=plan.force,
        force_code=force_code(plan.force),
        marking=plan.marking,
        illustrative=plan.illustrative,
        today=today,
        roles={role.key: role.title for role in in_roles.roles(connection)},
        earlier_words=own_words.earlier(connection),
        declared=known_returns.declared(connection),
        passed=tuple(years_passed(plan)),
    )


def listed(
    connection: Connection,
    listing: Listing,
    plan: PlanFacts,
    scope: IssueScope = EVERYTHING,
    keys: Container[str] | None = None,
) -> dict[str, ReturnRow]:
    """The rows that a listing holds, by key: all, or those of some keys. What no row of the plan has is left empty."""
    source = source_of(listing)
    names = [column.field for column in listing.columns_for(plan.years, plan.roles)]
    getters = {name: source.getter(name) for name in (*names, *listing.beside)}
    return {
        key: ReturnRow(key, {name: _value(get(parts)) for name, get in getters.items()}, lead)
        for key, parts, lead in source.rows(connection, getters.keys(), scope.within(listing))
        if keys is None or key in keys
    }


def _value(kept: Value) -> Value:
    """Nothing is always ``None``."""
    return None if kept in ("", ()) else kept


def read_by(listings: Iterable[Listing]) -> list[Table]:
    """The tables of the plan that ``listed`` reads for some listings, and ``titles`` for them."""
    listings = list(listings)
    models = [model for listing in listings for model in source_of(listing).models]
    tables = [SQLModel.metadata.tables[str(model.__tablename__)] for model in models]
    return list(dict.fromkeys([*naming(listings), *tables]))


def naming(listings: Iterable[Listing]) -> list[Table]:
    """The tables of what rows of some listings are named by: where one of these has changed, any row may have."""
    models = [model for titles in _name_lists(map(source_of, listings)) for model in titles.models]
    return [SQLModel.metadata.tables[str(model.__tablename__)] for model in dict.fromkeys(models)]


def titles_of(connection: Connection, listings: Iterable[Listing]) -> dict[str, dict[str, str]]:
    """The titles that cells of some listings name rows of the plan by."""
    return {titles.name: titles.titles(connection) for titles in _name_lists(map(source_of, listings))}


def keys_by_title(connection: Connection, listings: Iterable[Listing]) -> KeysByTitle:
    """The keys that stand for the titles a person writes in cells of some listings."""
    return {
        name: {title: key for key, title in known.items()} for name, known in titles_of(connection, listings).items()
    }


def renamed(then: TitlesByKey, now: TitlesByKey) -> dict[str, dict[str, str]]:
    """What is called otherwise now: by list, then by the title of then."""
    return {
        name: {title: now[name][key] for key, title in known.items() if now[name].get(key, title) != title}
        for name, known in then.items()
    }


def _name_lists(kinds: Iterable[RowSource]) -> Iterator[NameList]:
    """The lists that cells of some kinds of row name rows of the plan from; posts and areas always."""
    named = (named.titles for source in kinds for named in source.names.values())
    return iter({titles.name: titles for titles in (POSTS, AREAS, *named)}.values())


def changed_since(listing: Listing, before: Mapping[str, ReturnRow], row: ReturnRow) -> str:
    """What has changed in one row since an earlier state of the plan, in words; for the column that tells it."""
    was = before.get(row.key)
    if was is None:
        return "New in the plan."
    changed = [
        f"{column.title}: {shown(column, was.values[column.field]) or 'empty'} → "
        f"{shown(column, row.values[column.field]) or 'empty'}"
        for column in listing.columns
        if not (column.own or column.computed) and was.values[column.field] != row.values[column.field]
    ]
    return "\n".join(changed) or "No change."
