using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Platform.Web;
using Rectify.Tasks;

namespace Rectify.LookBacks;

/// <summary>What came of an item after its closing: its checks, the times it came back, and when it is checked next.</summary>
/// <param name="NextDue">The last day of the period that runs now, for an item with lasting duties.</param>
/// <param name="Skipped">Periods since its closing that passed before the first check that was made: more than are made up.</param>
internal sealed record ItemLookBacks(IReadOnlyList<CheckList.Row> Checks, IReadOnlyList<ItemLookBacks.Return> Rebounds, DateOnly? NextDue, int Months, bool IsClosed, int Skipped)
{
    /// <param name="Voided">Whether the item's fact was withdrawn as recorded in error.</param>
    public sealed record Return(Rebound Rebound, string By, bool Voided);

    public static async Task<ItemLookBacks> ReadAsync(Db db, Access reader, Item item, DateOnly today, CancellationToken ct)
    {
        var checks = await CheckList.ReadAsync(db, reader, item.ProgrammeId, new(CheckWhich.All, Item: item.Id), today, ct);
        var rebounds = await db.ReboundsFor(reader).AsNoTracking().Where(one => one.ItemId == item.Id).OrderBy(one => one.On).ThenBy(one => one.Id)
            .Join(db.ItemFacts(), rebound => rebound.FactId, fact => fact.Id, (rebound, fact) => new { rebound, fact.VoidedAt }).ToListAsync(ct);
        var people = await ItemHistory.PeopleAsync(db, rebounds.Select(one => one.rebound.StatedBy).Distinct(), ct);
        var rules = await db.CheckRulesFor(reader).AsNoTracking().SingleOrDefaultAsync(one => one.ProgrammeId == item.ProgrammeId, ct) ?? CheckRules.Of(item.ProgrammeId);
        var closed = await db.ClosedItems(reader, item.ProgrammeId, today).AnyAsync(one => one.Id == item.Id, ct);
        DateOnly? since = closed && item.Standing && (await LookBackOffice.ClosedOnAsync(db, [item.Id], today, ct)).TryGetValue(item.Id, out var on) ? on : null;
        return new(
            checks,
            [.. rebounds.OrderBy(one => one.rebound.On).ThenBy(one => one.rebound.Id).Select(one => new Return(one.rebound, people.GetValueOrDefault(one.rebound.StatedBy.Id).Name ?? "", one.VoidedAt is not null))],
            since is { } day ? CheckRules.DueAt(day, rules.MonthsOf(item.TaskType), today) : null, rules.MonthsOf(item.TaskType), closed,
            since is { } first ? await CheckPeriod.BeforeAsync(db, item.Id, first, ct) : 0);
    }
}

/// <summary>The way from an item to its checks: how many are overdue, else how many wait, else how many there were.</summary>
internal sealed class LookBackLink(Db db, TimeProvider clock) : IItemLink
{
    public async Task<ItemLink?> OfAsync(Item item, Access reader, DateOnly day, CancellationToken ct)
    {
        var today = clock.Today;
        var checks = db.ChecksFor(reader).Where(check => check.ItemId == item.Id);
        var (all, open, overdue) = (
            await checks.CountAsync(ct), await checks.CountAsync(check => check.State == CheckState.Open, ct), await checks.CountAsync(check => check.State == CheckState.Open && check.DueOn < today, ct));
        var href = $"/items/{item.Id}/lookbacks";
        return item.Kind is ItemKind.Finding ? null
            : overdue > 0 ? new("lookback.link.overdue", overdue, href)
            : open > 0 ? new("lookback.link.open", open, href)
            : all > 0 || await db.ReboundsFor(reader).AnyAsync(one => one.ItemId == item.Id, ct) || await db.ClosedItems(reader, item.ProgrammeId, today).AnyAsync(one => one.Id == item.Id, ct) ? new("lookback.link", all, href)
            : null;
    }
}

/// <summary>What was done to an item's checks, for the item's history.</summary>
internal sealed class LookBackNews(Db db) : IItemNews
{
    public async Task<(IReadOnlyList<HistoryEntry> Entries, int Total)> OfAsync(Item item, Access reader, int most, Words words, CancellationToken ct)
    {
        var checks = await db.ChecksFor(reader).Where(check => check.ItemId == item.Id).ToDictionaryAsync(check => check.Id, check => check.DueOn, ct);
        var rebounds = await db.ReboundsFor(reader).Where(one => one.ItemId == item.Id).Select(one => one.Id).ToListAsync(ct);
        var subjects = checks.Keys.Concat(rebounds).ToArray();
        var about = db.Journal.AsNoTracking().Where(row => EF.Parameter(subjects).Contains(row.Subject));
        var rows = await about.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(most).Select(row => new { row.At, row.Kind, row.Subject, row.By, row.Index }).ToListAsync(ct);
        var people = await ItemHistory.PeopleAsync(db, rows.Select(row => row.By).Distinct(), ct);
        return (
            [
                .. from row in rows
                   let who = people.GetValueOrDefault(row.By.Id)
                   select new HistoryEntry(
                       row.At, checks.TryGetValue(row.Subject, out var due) ? words["check.history.of", words[$"check.act.{row.Kind}"], due] : words[$"check.act.{row.Kind}"],
                       who.Name is { Length: > 0 } name ? name : words["check.history.job"], who.Unit, row.Index + 1, []),
            ],
            await about.CountAsync(ct));
    }
}
