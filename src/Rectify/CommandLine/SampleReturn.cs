using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Organisation;

namespace Rectify.CommandLine;

/// <summary>One unit's return in one round: filled in, submitted, here and there sent back, handed on where a unit stands between, accepted.</summary>
/// <param name="taken">Steps of its way that were taken before the load was stopped.</param>
internal sealed class SampleReturn(
    SampleFiles files, SampleCast cast, SampleRound round, SampleLines words, Guid id, string unit, string above, int taken)
{
    private readonly Access reports = cast.ByUnit[(unit, Role.Responsible)];

    /// <param name="days">The working days from the first after the period to the last on which returns are taken.</param>
    public IEnumerable<SampleAct> Acts(IReadOnlyList<DateOnly> days)
    {
        if (files.Dispatch.Missing.Any(one => (one.Round, one.Unit) == (round.Id, unit)))
        {
            yield break;
        }

        var step = 0;
        foreach (var (at, act, note) in Way(days))
        {
            if (++step <= taken)
            {
                continue;
            }

            if (act is ReturnAct.Submit)
            {
                yield return new(at.AddMinutes(-50), unit, FillAsync);
                yield return new(at, unit, SubmitAsync);
            }
            else
            {
                var by = act is ReturnAct.PassUp ? cast.ByUnit[(above, Role.Responsible)] : cast.Office;
                yield return new(at, unit, (scope, ct) => DecideAsync(scope, act, note, by, ct));
            }
        }
    }

    // Each step on a working day of its own, where there are enough of them.
    private IEnumerable<(DateTime At, ReturnAct Act, string Note)> Way(IReadOnlyList<DateOnly> days)
    {
        var back = Back;
        var passes = cast.ByUnit.ContainsKey((above, Role.Responsible));
        var due = days.Count(day => day <= round.DueOn);
        var late = files.Dispatch.Late.FirstOrDefault(one => (one.Round, one.Unit) == (round.Id, unit));
        var mark = SamplePhrases.Mark($"{round.Id}{unit}");
        var day = late is not null ? due - 1 + late.Days : back is not null || passes ? 0 : (int)(mark % (uint)due);
        DateTime On(int number, int hour) => SampleTaskPlay.At(days[Math.Min(number, days.Count - 1)], hour, (int)(mark % 60));
        yield return (On(day, 10), ReturnAct.Submit, "");
        if (back is not null)
        {
            yield return (On(++day, 11), ReturnAct.SendBack, back.Note);
            yield return (On(++day, 15), ReturnAct.Submit, "");
        }

        if (passes)
        {
            yield return (On(++day, 9), ReturnAct.PassUp, "");
        }

        yield return (On(++day, 16), ReturnAct.Accept, "");
    }

    private SampleBack? Back => files.Dispatch.Back.FirstOrDefault(one => (one.Round, one.Unit) == (round.Id, unit));

    private async Task FillAsync(SampleScope scope, CancellationToken ct)
    {
        var state = await scope.Db.ReturnsFor(cast.Office).Where(one => one.Id == id).Select(one => one.State).SingleAsync(ct);
        var stated = new List<SaveLines.Line>();
        foreach (var now in await scope.Db.ReturnLines().AsNoTracking().Where(line => line.ReturnId == id).ToListAsync(ct))
        {
            var amended = state is ReturnState.Returned ? words.Amended(now, Back) : null;
            if (!now.Filled || amended is not null)
            {
                stated.Add(new(now.Id, now.Version, amended ?? words.Of(now, unit)));
            }
        }

        if (stated.Count > 0)
        {
            await scope.Get<SaveLines>().RunAsync(id, stated, null, reports, ct);
        }
    }

    private async Task SubmitAsync(SampleScope scope, CancellationToken ct)
    {
        if (await FindAsync(scope, ct) is { State: not ReturnState.Submitted } one)
        {
            await scope.Get<SubmitReturn>().RunAsync(id, one.Version, reports, ct);
        }
    }

    private async Task DecideAsync(SampleScope scope, ReturnAct act, string note, Access by, CancellationToken ct) =>
        await scope.Get<DecideReturn>(scope.Get<Tasks.PlaceFacts>()).RunAsync(id, act, (await FindAsync(scope, ct)).Version, note, by, ct);

    private Task<UnitReturn> FindAsync(SampleScope scope, CancellationToken ct) => scope.Db.ReturnsFor(cast.Office).AsNoTracking().SingleAsync(one => one.Id == id, ct);
}
