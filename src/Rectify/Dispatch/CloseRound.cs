using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Dispatch;

/// <summary>Closes a round: its figures are frozen as stated then, in one transaction. What comes later is a correction in the next round.</summary>
public sealed class CloseRound(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">404: no such round. 403: another office's. 409: closed already, still being opened, or an earlier one of its kind is not closed.</exception>
    public async Task RunAsync(Guid id, Access by, CancellationToken ct)
    {
        var round = await db.RoundsFor(by).SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Refusal.NotFound("round", id);
        await Office.ProgrammeAsync(db, round.ProgrammeId, by, ct);
        await DemandEarlierClosedAsync(round, ct);
        round.Close(clock.NowMs);

        // Every return is written, so that whoever submits or saves in this moment is refused, or this is.
        var returns = await db.ReturnsFor(Office.Room).Where(one => one.RoundId == id).ToListAsync(ct);
        returns.ForEach(one => one.Freeze());
        var (lines, figures) = await FreezeAsync(round, returns.ToDictionary(one => one.Id), ct);
        db.RemoveRange(await db.LineDrafts().Where(draft => db.ReturnLines().Any(line => line.Id == draft.LineId
            && db.ReturnsFor(Office.Room).Any(one => one.Id == line.ReturnId && one.RoundId == id))).ToListAsync(ct));
        var tasks = await RoundTasks.NowAsync(db, round, round.AsOf(clock.Today), ct);
        db.AddInBulk(lines);
        db.AddInBulk(figures);
        db.AddInBulk(tasks);

        await journal.CommitAsync(
            new RoundClosed
            {
                Subject = id,
                By = by.Actor,
                At = clock.NowMs,
                Returns = returns.Count,
                Accepted = returns.Count(one => one.State is ReturnState.Accepted),
                Lines = lines.Count,
                Figures = figures.Count,
                Frozen = Digest(round.Salt, lines, figures, returns),
            },
            [
                new TasksFrozen
                {
                    Subject = round.ProgrammeId,
                    By = by.Actor,
                    At = clock.NowMs,
                    Round = JournalBytes.Text(id),
                    Tasks = tasks.Count,
                    Frozen = Digest(round.Salt, tasks.Select(task => task.ToText())),
                },
            ],
            ct);
    }

    // What the earlier one adds is accepted until it closes, and a figure frozen here goes on from there.
    private async Task DemandEarlierClosedAsync(DispatchRound round, CancellationToken ct)
    {
        if (await db.RoundsFor(Office.Room).AsNoTracking().Where(one => one.ProgrammeId == round.ProgrammeId && one.Kind == round.Kind && one.To < round.From
            && one.State != RoundState.Closed).OrderBy(one => one.To).FirstOrDefaultAsync(ct) is { } earlier)
        {
            throw Refusal.Conflict(
                "round.earlier",
                $"The round of {earlier.From:yyyy-MM-dd} to {earlier.To:yyyy-MM-dd} comes before it and is not closed. Close that one first.",
                $"{earlier.From:yyyy-MM-dd}",
                $"{earlier.To:yyyy-MM-dd}");
        }
    }

    /// <summary>The hash that the closing's entry carries, made anew from what is stored.</summary>
    /// <param name="salt">Of <see cref="DispatchRound.Salt"/>: a text among the others if there is one.</param>
    internal static string Digest(string salt, IEnumerable<FrozenLine> lines, IEnumerable<FrozenFigure> figures, IEnumerable<UnitReturn> returns) =>
        Digest(salt, lines.Select(line => line.ToText()).Concat(figures.Select(figure => figure.ToText())).Concat(returns.Select(one => one.ToText()).OfType<string>()));

    /// <inheritdoc cref="Digest(string, IEnumerable{FrozenLine}, IEnumerable{FrozenFigure}, IEnumerable{UnitReturn})" />
    internal static string Digest(string salt, IEnumerable<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts.Concat(salt.Length > 0 ? [$"salt {salt}"] : []).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task<(List<FrozenLine> Lines, List<FrozenFigure> Figures)> FreezeAsync(
        DispatchRound round, Dictionary<Guid, UnitReturn> returns, CancellationToken ct)
    {
        var ids = db.ReturnsFor(Office.Room).Where(one => one.RoundId == round.Id).Select(one => one.Id);
        var stored = await db.ReturnLines().AsNoTracking().Where(line => ids.Contains(line.ReturnId)).ToListAsync(ct);
        var questions = await Questions.ReadAsync(db, round, [.. stored.Select(line => line.ItemId)], round.AsOf(clock.Today), ct);
        var evidence = await LineEvidence.FilesAsync(db, [.. stored.SelectMany(line => line.Stated.Evidence)], ct);
        var (lines, figures) = (new List<FrozenLine>(stored.Count), new List<FrozenFigure>());
        foreach (var line in stored)
        {
            var (whole, stated) = (returns[line.ReturnId], line.Stated);
            var asked = questions.For(line.ItemId, whole.UnitId);
            lines.Add(new()
            {
                RoundId = round.Id,
                ReturnId = whole.Id,
                UnitId = whole.UnitId,
                ItemId = line.ItemId,
                Return = whole.State,
                Filled = line.Filled,
                Status = asked.Status,
                Light = asked.Light,
                Seal = line.Seal(round.Salt),
                Evidence = string.Join(',', stated.Evidence.Where(evidence.ContainsKey).Select(piece => evidence[piece])),
            });
            FrozenFigure Figure(Guid quantity, bool percent, int scale, long value, long before, long? corrects) => new()
            {
                RoundId = round.Id,
                ReturnId = whole.Id,
                UnitId = whole.UnitId,
                ItemId = line.ItemId,
                QuantityId = quantity,
                On = round.To,
                Accepted = whole.State is ReturnState.Accepted,
                IsPercent = percent,
                Scale = scale,
                Value = value,
                Before = before,
                Corrects = corrects,
            };
            figures.AddRange(
                from figure in asked.Figures
                let one = stated.Figures.FirstOrDefault(one => one.Quantity == figure.Quantity.Id)
                where one?.Value is not null
                select Figure(figure.Quantity.Id, false, figure.Quantity.QuantityScale, one.Value!.Value, figure.Before, one.Corrects));
            if (asked.AsksPercent && stated.Percent is { } share)
            {
                figures.Add(Figure(line.ItemId, true, 0, share, asked.PercentBefore ?? 0, null));
            }
        }

        return (lines, figures);
    }
}
