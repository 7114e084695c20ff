using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;

#pragma warning disable CA1309, CA1310 // compared by the database, by bytes

namespace Rectify.Organisation;

/// <summary>The people whose accounts someone manages, by unit, one page at a time.</summary>
internal static class AccountList
{
    public const int PageSize = 50;

    public sealed record Row(
        Guid Person, string Name, string Post, string Unit, string Path, Guid? Account, string? UserName, bool Disabled, bool MustChange);

    /// <param name="find">Part of a name, a unit's name or a user name; empty for all.</param>
    /// <param name="after">The last row's person of the page before.</param>
    public static async Task<List<Row>> PageAsync(Db db, Access access, string find, Guid? after, CancellationToken ct)
    {
        var rows =
            from person in db.People()
            join unit in db.Units() on person.UnitId equals unit.Id
            join account in db.Accounts() on person.Id equals account.PersonId into accounts
            from account in accounts.DefaultIfEmpty()
            select new { person, unit, account };
        if (!access.IsEverywhere(Right.Organise))
        {
            var paths = access.ScopePaths(Right.Organise);
            rows = rows.Where(r => paths.Any(path => r.unit.Path.StartsWith(path)));
        }

        if (find.Trim() is { Length: > 0 } text)
        {
            var name = text.ToUpperInvariant();
            rows = rows.Where(r => r.person.Name.Contains(text) || r.unit.Name.Contains(text) || r.unit.ShortName.Contains(text)
                || r.account!.NormalizedUserName!.Contains(name));
        }

        if (after is { } last && await db.People().Where(p => p.Id == last)
            .Join(db.Units(), p => p.UnitId, u => u.Id, (_, u) => u.Path).SingleOrDefaultAsync(ct) is { } lastPath)
        {
            rows = rows.Where(r => string.Compare(r.unit.Path, lastPath) > 0 || (r.unit.Path == lastPath && r.person.Id > last));
        }

        return await rows.AsNoTracking()
            .OrderBy(r => r.unit.Path).ThenBy(r => r.person.Id)
            .Take(PageSize)
            .Select(r => new Row(
                r.person.Id, r.person.Name, r.person.Post, r.unit.Name, r.unit.Path, r.account == null ? null : r.account.Id,
                r.account!.UserName, r.account != null && r.account.Disabled, r.account != null && r.account.MustChangePassword))
            .ToListAsync(ct);
    }

    /// <summary>The accounts whose owners are off the list, by name: for whoever organises everything, as they belong to no unit.</summary>
    /// <param name="find">Part of a name or a user name; empty for all.</param>
    public static async Task<List<Row>> WithoutPersonAsync(Db db, Access access, string find, CancellationToken ct)
    {
        if (!access.IsEverywhere(Right.Organise))
        {
            return [];
        }

        var (text, name) = (find.Trim(), find.Trim().ToUpperInvariant());
        return await db.Accounts().AsNoTracking()
            .Where(a => a.PersonId == null && (text == "" || a.DisplayName.Contains(text) || a.NormalizedUserName!.Contains(name)))
            .OrderBy(a => a.DisplayName).ThenBy(a => a.Id).Take(PageSize)
            .Select(a => new Row(a.Id, a.DisplayName, "", "", "", a.Id, a.UserName, a.Disabled, a.MustChangePassword))
            .ToListAsync(ct);
    }

    /// <summary>The duties of an account with their units, running ones first.</summary>
    public static Task<List<HeldDuty>> DutiesAsync(Db db, Guid account, CancellationToken ct) =>
        db.DutiesOf(account).AsNoTracking()
            .Join(db.Units(), d => d.UnitId, u => u.Id, (d, u) => new { d, u })
            .OrderBy(x => x.d.To != null).ThenByDescending(x => x.d.From).ThenBy(x => x.d.Id)
            .Select(x => new HeldDuty(x.d.Id, x.d.Role, x.u.Name, x.d.From, x.d.To))
            .ToListAsync(ct);

    public sealed record HeldDuty(Guid Id, Role Role, string Unit, DateOnly From, DateOnly? To);

    /// <summary>The units where someone may give duties, in the order of the tree.</summary>
    public static async Task<List<(Guid Id, string Name, int Level)>> UnitsAsync(Db db, Access access, CancellationToken ct)
    {
        var units = await db.Units().AsNoTracking().Where(u => !u.Dissolved)
            .OrderBy(u => u.Path).Select(u => new { u.Id, u.Name, u.Path }).ToListAsync(ct);
        return
        [
            .. from unit in units
               where access.Reaches(Right.Organise, unit.Path)
               select (unit.Id, unit.Name, unit.Path.Count(c => c == '/') - 1),
        ];
    }
}
