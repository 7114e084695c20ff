using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Dispatch;

/// <summary>What is stored of a closed round, hashed anew.</summary>
/// <param name="Figures">Lines, figures and corrections, as the closing's entry carries it.</param>
/// <param name="Words">What every line says that has a seal, words too.</param>
/// <param name="WordsAreSealed">Whether each of these lines says what its seal covers, and none is missing. The words stand in the lines, where they were written; the round's hash covers them by their seals.</param>
/// <param name="Tasks">The tasks, as the entry of the tasks carries it.</param>
internal sealed record FrozenParts(string Figures, string Words, bool WordsAreSealed, string Tasks, int TaskCount)
{
    /// <param name="tracked">Whether what is changed in the context's memory counts.</param>
    public static async Task<FrozenParts> ReadAsync(Db db, Guid round, bool tracked, CancellationToken ct)
    {
        var how = tracked ? QueryTrackingBehavior.TrackAll : QueryTrackingBehavior.NoTracking;
        var salt = (await db.RoundsFor(Office.Room).AsTracking(how).SingleAsync(one => one.Id == round, ct)).Salt;
        var lines = await db.FrozenLines().AsNoTracking().Where(line => line.RoundId == round).ToListAsync(ct);
        var figures = await db.FrozenFigures().AsNoTracking().Where(figure => figure.RoundId == round).ToListAsync(ct);
        var returns = await db.ReturnsFor(Office.Room).AsTracking(how).Where(one => one.RoundId == round && one.Corrections != "[]").ToListAsync(ct);
        var tasks = await db.FrozenTasks().AsTracking(how).Where(task => task.RoundId == round).ToListAsync(ct);
        var seals = lines.Where(line => line.Seal.Length > 0).ToDictionary(line => (line.ReturnId, line.ItemId), line => line.Seal);
        var ids = db.ReturnsFor(Office.Room).Where(one => one.RoundId == round).Select(one => one.Id);
        var (words, whole) = (new List<string>(seals.Count), true);
        await foreach (var line in db.ReturnLines().AsTracking(how).Where(line => seals.Count > 0 && ids.Contains(line.ReturnId)).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (seals.GetValueOrDefault((line.ReturnId, line.ItemId)) is { } seal)
            {
                var says = line.Seal(salt);
                whole &= says == seal;
                words.Add($"{line.ReturnId:N} {line.ItemId:N} {says}");
            }
        }

        return new(
            CloseRound.Digest(salt, lines, figures, returns), CloseRound.Digest(salt, words), whole && words.Count == seals.Count,
            CloseRound.Digest(salt, tasks.Select(task => task.ToText())), tasks.Count);
    }
}

/// <summary>Says of closed rounds what they are once something was blackened in them.</summary>
internal sealed class SealRounds(Db db) : IFollowBlackening
{
    public async Task<IReadOnlyList<DocumentSeal>> FollowAsync(IReadOnlyCollection<object> blackened, CancellationToken ct)
    {
        var returns = blackened.OfType<ReturnLine>().Select(line => line.ReturnId).Distinct().ToList();
        var touched = blackened.OfType<FrozenTask>().Select(task => task.RoundId).Concat(blackened.OfType<UnitReturn>().Select(one => one.RoundId))
            .Concat(await db.ReturnsFor(Office.Room).AsNoTracking().Where(one => returns.Contains(one.Id)).Select(one => one.RoundId).ToListAsync(ct)).Distinct().ToList();
        var seals = new List<DocumentSeal>();
        foreach (var round in await db.RoundsFor(Office.Room).Where(round => touched.Contains(round.Id) && round.State == RoundState.Closed).ToListAsync(ct))
        {
            if (await CheckFrozen.ReadAsync(db, round.Id, ct) is not FrozenResult.Intact)
            {
                throw Refusal.Conflict("redaction.tampered", "A closed round or an issued bulletin is not what the journal says of it. Nothing is blackened in it before that is cleared up.");
            }

            var before = await FrozenParts.ReadAsync(db, round.Id, tracked: false, ct);
            round.ForgetSalt();
            var now = await FrozenParts.ReadAsync(db, round.Id, tracked: true, ct);
            (string Part, string Old, string New)[] parts =
                [(nameof(now.Figures), before.Figures, now.Figures), (nameof(now.Words), before.Words, now.Words), (nameof(now.Tasks), before.Tasks, now.Tasks)];
            seals.AddRange(parts.Where(part => part.Old != part.New).Select(part => new DocumentSeal(round.Id, part.Part, part.New)));
        }

        return seals;
    }
}
