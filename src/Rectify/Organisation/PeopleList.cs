using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;

#pragma warning disable CA1309, CA1310 // compared by the database, by bytes

namespace Rectify.Organisation;

/// <summary>The people, by unit in the order of paths, one page at a time.</summary>
public static class PeopleList
{
    public const int PageSize = 50;

    public sealed record Row(Guid Id, string? Code, string Name, string Post, Guid UnitId, string Unit);

    /// <param name="Total">Rows of the whole list.</param>
    /// <param name="Before">Rows on the pages before.</param>
    public sealed record Page(List<Row> Rows, int Total, int Before);

    /// <param name="unit">With all units below it; <see langword="null"/> for all.</param>
    /// <param name="find">Part of a name, a post or a number; empty for all.</param>
    /// <param name="after">The last person of the page before.</param>
    public static async Task<Page> ReadAsync(Db db, Guid? unit, string find, Guid? after, CancellationToken ct)
    {
        var all = db.People().AsNoTracking().Join(db.Units(), person => person.UnitId, at => at.Id, (person, at) => new { person, at });
        if (unit is { } id)
        {
            var path = await db.Units().Where(u => u.Id == id).Select(u => u.Path).SingleOrDefaultAsync(ct) ?? "-";
            all = all.Where(row => row.at.Path.StartsWith(path));
        }

        if (find.Trim() is { Length: > 0 } text)
        {
            all = all.Where(row => row.person.Name.Contains(text) || row.person.Post.Contains(text) || row.person.Code == text);
        }

        var (rows, total, before) = (all, await all.CountAsync(ct), 0);
        if (after is { } last && await db.People().Where(p => p.Id == last)
            .Join(db.Units(), p => p.UnitId, u => u.Id, (_, u) => u.Path).SingleOrDefaultAsync(ct) is { } lastPath)
        {
            rows = all.Where(row => string.Compare(row.at.Path, lastPath) > 0 || (row.at.Path == lastPath && row.person.Id > last));
            before = total - await rows.CountAsync(ct);
        }

        return new(
            await rows.OrderBy(row => row.at.Path).ThenBy(row => row.person.Id).Take(PageSize)
                .Select(row => new Row(row.person.Id, row.person.Code, row.person.Name, row.person.Post, row.at.Id, row.at.Name)).ToListAsync(ct),
            total, before);
    }
}
