using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Platform.Web;

namespace Rectify.Organisation;

/// <summary>What happened to a unit, a person or an account, newest first, in the reader's words.</summary>
internal sealed class OrganisationHistory(Db db, Words words)
{
    /// <summary>The newest so many acts.</summary>
    private const int Most = 50;

    public async Task<List<HistoryEntry>> ReadAsync(Guid subject, CancellationToken ct)
    {
        var entries = await db.EntriesAbout(subject).AsNoTracking().OrderByDescending(row => row.Id).Take(Most).ToListAsync(ct);
        var ids = entries.Select(row => row.EntryId).ToArray();
        var openings = (await db.OpeningsOfAsync(subject, ids, ct)).ToLookup(opening => opening.EntryId);
        var units = await UnitNamesIn(openings.SelectMany(group => group), ct);
        var duties = await DutiesOf(subject, ct);
        var people = await NamesOf(entries.Select(row => row.By), ct);
        return
        [
            .. from row in entries
               let changes = openings[row.EntryId].Select(opening => Shown(opening, units)).OfType<Change>().ToList()
               where row.Subject == subject || changes.Count > 0
               let who = people.GetValueOrDefault(row.By.Id)
               select new HistoryEntry(
                   row.At, words.Has($"organisation.act.{row.Kind}") ? words[$"organisation.act.{row.Kind}"] : words["organisation.act.other"],
                   who.Name ?? words[row.By.IsSystem ? "organisation.who.operator" : "organisation.who.gone"], who.Unit,
                   row.Index is { } index ? index + 1 : null, changes, row.Kind == DutyEnded.Name ? Ended(openings[row.EntryId], duties) : null),
        ];
    }

    // The end of a duty changes its last day only; which duty it was stands in the record.
    private static string? Ended(IEnumerable<Opening> openings, Dictionary<string, string> duties) =>
        openings.Where(opening => opening.Record == nameof(Duty)).Select(opening => duties.GetValueOrDefault(opening.RecordId)).FirstOrDefault();

    private async Task<Dictionary<string, string>> DutiesOf(Guid account, CancellationToken ct) =>
        (await AccountList.DutiesAsync(db, account, ct))
            .ToDictionary(duty => duty.Id.ToString(), duty => words["organisation.duty.which", words[$"role.{duty.Role}"], duty.Unit]);

    // A field without a text of its own (version, path) follows from others.
    private Change? Shown(Opening opening, Dictionary<string, string> units)
    {
        var key = $"organisation.field.{opening.Record}.{opening.Field}";
        return words.Has(key) && opening.Before != opening.After ? new(words[key], Value(opening.Before), Value(opening.After)) : null;

        string? Value(string? value) => (value, opening.Field) switch
        {
            (null, _) => null,
            (_, "ParentId" or "UnitId") => units.GetValueOrDefault(value, value),
            (_, "Kind") => words[$"organisation.kind.{value}"],
            (_, "Role") => words[$"role.{value}"],
            (_, "Dissolved") => words[$"organisation.yes.{value}"],
            _ => value,
        };
    }

    private async Task<Dictionary<string, string>> UnitNamesIn(IEnumerable<Opening> openings, CancellationToken ct)
    {
        var ids = openings.Where(opening => opening.Field is "ParentId" or "UnitId").SelectMany(opening => new[] { opening.Before, opening.After })
            .Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Distinct().ToArray();
        return await db.Units().AsNoTracking().Where(unit => ids.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id.ToString(), unit => unit.Name, ct);
    }

    private async Task<Dictionary<string, (string Name, string? Unit)>> NamesOf(IEnumerable<Actor> actors, CancellationToken ct)
    {
        var ids = actors.Select(actor => Guid.TryParseExact(actor.Id, "N", out var id) ? id : Guid.Empty).Distinct().ToArray();
        var known =
            from account in db.Accounts()
            where ids.Contains(account.Id)
            join person in db.People() on account.PersonId equals person.Id into people
            from person in people.DefaultIfEmpty()
            join unit in db.Units() on person.UnitId equals unit.Id into units
            from unit in units.DefaultIfEmpty()
            select new { account.Id, account.DisplayName, Unit = (string?)unit.ShortName };
        return await known.AsNoTracking().ToDictionaryAsync(one => one.Id.ToString("N"), one => (one.DisplayName, (string?)one.Unit), ct);
    }
}
