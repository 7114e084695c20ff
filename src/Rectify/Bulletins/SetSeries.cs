using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Bulletins;

/// <summary>Sets how a programme's bulletins are headed and numbered.</summary>
public sealed class SetSeries(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="version">As read; 0 for one that was never set.</param>
    /// <exception cref="Refusal">404: no such programme. 403: another office's. 409: changed meanwhile, or numbered otherwise already. 422: a text missing or too long.</exception>
    public async Task RunAsync(string code, SeriesDetails details, int version, Access by, CancellationToken ct)
    {
        var programme = await Office.ProgrammeAsync(db, code, by, ct);
        var series = await db.BulletinSeriesFor(by).SingleOrDefaultAsync(series => series.ProgrammeId == programme.Id, ct)
            ?? db.Add(await UsualAsync(db, programme, ct)).Entity;
        if (series.Version != version)
        {
            throw Refusal.Stale();
        }

        // A bulletin issued before anyone set anything counted as usual.
        var counted = await db.BulletinsFor(Office.Room).AnyAsync(bulletin => bulletin.ProgrammeId == programme.Id && bulletin.No != null, ct);
        await journal.CommitAsync(series.Change(details, counted, by.Actor, clock.NowMs), ct);
    }

    /// <summary>As set, or as usual for a programme where nobody set anything.</summary>
    internal static async Task<BulletinSeries> OfAsync(Db db, Programme programme, CancellationToken ct) =>
        await db.BulletinSeriesFor(Office.Room).AsNoTracking().SingleOrDefaultAsync(series => series.ProgrammeId == programme.Id, ct)
            ?? await UsualAsync(db, programme, ct);

    private static async Task<BulletinSeries> UsualAsync(Db db, Programme programme, CancellationToken ct)
    {
        var words = Words.In(Language.Default);
        var region = await db.Units().AsNoTracking().SingleAsync(unit => unit.Id == programme.RegionId, ct);
        var issuer = region.SigningName.Length > 0 ? region.SigningName : words["bulletin.issuer.usual", region.ShortName];
        return BulletinSeries.Create(programme.Id, words["bulletin.mark.usual"], issuer.Length <= 100 ? issuer : region.ShortName);
    }
}
