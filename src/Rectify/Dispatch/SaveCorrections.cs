using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Dispatch;

/// <summary>Says in a unit's return what its earlier ones, of rounds that are closed, should have said. Accepted, it becomes known; what was fixed stays.</summary>
public sealed class SaveCorrections(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <param name="version">The return's version that the person saw.</param>
    /// <param name="corrections">All that the return corrects; what stood there and is left out is taken back.</param>
    /// <exception cref="Refusal">
    /// 404: no such return, or another unit's. 409: submitted, closed, or changed meanwhile. 422: nothing that this unit stated in a closed round, no reason, nothing new, a day to come.
    /// </exception>
    public async Task RunAsync(Guid id, int version, IReadOnlyList<StatedCorrection> corrections, Access by, CancellationToken ct)
    {
        var whole = await db.ReturnsToWriteFor(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("return", id);
        var round = await db.RoundsFor(Office.Room).AsNoTracking().SingleAsync(one => one.Id == whole.RoundId, ct);
        round.DemandOpen();
        whole.DemandWritable();
        var frozen = (await ChoiceAsync(db, whole, null, ct)).ToDictionary(one => one.Key);
        foreach (var one in corrections)
        {
            Check(one, frozen.GetValueOrDefault(one.Key), corrections);
        }

        whole.Correct(corrections, version);

        await journal.CommitAsync(new ReturnCorrected { Subject = id, By = by.Actor, At = clock.NowMs, Count = corrections.Count }, ct);
    }

    /// <summary>What a return can correct: all that its unit stated in rounds that are closed, but the quantities whose correction the lines themselves ask for.</summary>
    internal static async Task<List<FrozenStatement>> ChoiceAsync(Db db, UnitReturn whole, Guid? item, CancellationToken ct)
    {
        var round = await db.RoundsFor(Office.Room).AsNoTracking().SingleAsync(one => one.Id == whole.RoundId, ct);
        var earlier = db.ReturnsFor(Office.Room).AsNoTracking().Where(one => one.ProgrammeId == whole.ProgrammeId && one.UnitId == whole.UnitId && one.Id != whole.Id
            && db.RoundsFor(Office.Room).Any(of => of.Id == one.RoundId && of.To <= round.To));
        var all = await FrozenStatement.ReadAsync(db, earlier, days: false, item, ct);
        var last = all.Where(one => one.Round.Kind == round.Kind && one.Round.To < round.From).Select(one => one.Round).MaxBy(one => one.To);
        var asked = await db.ReturnLines().Where(line => line.ReturnId == whole.Id).Select(line => new { line.ItemId, line.Figures }).ToListAsync(ct);
        var inLines = asked.SelectMany(line => ReturnLine.FiguresOf(line.Figures)).Select(figure => figure.Quantity).ToHashSet();
        return all.FindAll(one => !(one.Kind is CorrectionKind.Figure && one.Round.Id == last?.Id && inLines.Contains(one.Part.Id)));
    }

    private void Check(StatedCorrection one, FrozenStatement? frozen, IReadOnlyList<StatedCorrection> all)
    {
        if (frozen is null || (frozen.Item.Id, frozen.Value, frozen.On) != (one.Item, one.Was, one.WasOn))
        {
            throw Refusal.Invalid("correction.of", "That is nothing which this unit's accepted returns of closed rounds state.");
        }

        if (all.Count(other => other.IsOf(one)) > 1)
        {
            throw Refusal.Invalid("correction.twice", "The same figure or day is corrected twice.");
        }

        if (one.Reason.Trim().Length is 0 or > 500)
        {
            throw Refusal.Invalid("correction.reason", "Say in 1 to 500 characters why it was wrong.");
        }

        if (one.IsDay ? one.Value is not null : one.Value is null || one.On is not null)
        {
            throw Refusal.Invalid("correction.value", "Say what the figure should have been.");
        }

        if (one.Kind is CorrectionKind.Percent && one.Value is < 0 or > 100)
        {
            throw Refusal.Invalid("fact.percent", "Progress goes from 0 to 100 percent.");
        }

        if (one.On > clock.Today)
        {
            throw Refusal.Invalid("fact.future", $"{one.On:yyyy-MM-dd} has not come yet. State the day on which it happened.");
        }

        if (one.IsDay ? one.On == frozen.KnownOn : one.Value == frozen.Known)
        {
            throw Refusal.Invalid("correction.same", "That is what is known already: there is nothing to correct.");
        }
    }
}
