using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Organisation;
using Rectify.Platform.Data;

namespace Rectify.Bulletins;

/// <summary>The bulletins of a programme, the one begun last first.</summary>
public static class BulletinList
{
    public const int PageSize = 50;

    /// <summary>One line of the list.</summary>
    public sealed record Row(Guid Id, string Title, BulletinState State, int? Year, int? No, DateOnly? IssuedOn, DispatchRound Round);

    /// <param name="state">Only these; <see langword="null"/> for all.</param>
    /// <param name="text">Words of the title; empty for all.</param>
    /// <param name="after">The last one of the page before.</param>
    public static async Task<List<Row>> PageAsync(Db db, Access reader, Guid programme, BulletinState? state, string text, Guid? after, CancellationToken ct)
    {
        var bulletins = db.BulletinsFor(reader).AsNoTracking().Where(bulletin => bulletin.ProgrammeId == programme && (state == null || bulletin.State == state));
        foreach (var word in text.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(5))
        {
            bulletins = bulletins.Where(bulletin => bulletin.Title.Contains(word));
        }

        if (after is { } id)
        {
            // Ids are given in order of time, so a bulletin's own is its place.
            bulletins = bulletins.Where(bulletin => bulletin.Id < id);
        }

        var rows = await bulletins.OrderByDescending(bulletin => bulletin.Id).Take(PageSize)
            .Join(db.RoundsFor(reader), bulletin => bulletin.RoundId, round => round.Id, (bulletin, round) => new
            {
                bulletin.Id,
                bulletin.Title,
                bulletin.State,
                bulletin.Year,
                bulletin.No,
                bulletin.IssuedOn,
                Round = round,
            })
            .OrderByDescending(row => row.Id).ToListAsync(ct);
        return [.. rows.Select(row => new Row(row.Id, row.Title, row.State, row.Year, row.No, row.IssuedOn, row.Round))];
    }
}
