using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Tasks.Timeline;

namespace Rectify.Closure;

/// <summary>Sends an application back to the responsible unit with reasons (退回), which stay and are counted.</summary>
internal sealed class ReturnClosure(ClosureWork work)
{
    /// <param name="stated">Its opinion holds the reasons; a checklist shows what was not met.</param>
    /// <exception cref="Refusal">
    /// 404: no such closure. 403: the next step is not theirs, or they did what it judges. 409: over, changed meanwhile, or nothing that can be sent back. 422: no reasons, or a day that cannot be.
    /// </exception>
    public async Task RunAsync(Guid id, int version, StepStatement stated, Access by, CancellationToken ct)
    {
        var one = await work.LoadAsync(id, version, by, ct);
        if (one.Closure.State is ClosureState.Drafting || !ClosureFlow.MayReturn(one.Way, one.Closure.StepNo))
        {
            throw Refusal.Conflict("closure.no-return", "There is nothing that could be sent back now.");
        }

        var step = one.Next!;
        var unit = await work.DemandTakerAsync(one, step, by, ct);
        var clean = await work.StatedAsync(one, stated, ct);
        if (clean.Opinion.Length == 0)
        {
            throw Refusal.Invalid("closure.reasons", "Write why it is sent back, and what is to be done.");
        }

        var before = one.Facts;
        var act = await work.AddAsync(one, step, work.Act(one, ClosureActKind.Return, step, unit, clean, by), ct);
        one.Closure.SendBack(one.Way, clean.On, returned: true, one.Calendar);
        one.Changed();
        await work.CommitAsync([new(one, act, before, (FactKind.Returned, clean.On, clean.Opinion))], by, ct);
    }
}

/// <summary>Takes an application back (撤回): before anybody accepted, to write it on; while it is being written, for good.</summary>
internal sealed class WithdrawClosure(ClosureWork work)
{
    /// <exception cref="Refusal">404: no such closure. 403: another unit's. 409: over, changed meanwhile, or accepted already. 422: no reason.</exception>
    public async Task RunAsync(Guid id, int version, StepStatement stated, Access by, CancellationToken ct)
    {
        var one = await work.LoadAsync(id, version, by, ct);
        var first = one.Procedure.Steps[0];
        var unit = await work.DemandTakerAsync(one, first, by, ct);
        if (one.Closure.State is ClosureState.Running && !ClosureFlow.MayWithdraw(one.Way, one.Closure.StepNo))
        {
            throw Refusal.Conflict("closure.no-withdrawal", "It was accepted already: it can only be sent back.");
        }

        var clean = await work.StatedAsync(one, stated, ct);
        if (clean.Opinion.Length == 0)
        {
            throw Refusal.Invalid("closure.reasons", "Write why it is taken back.");
        }

        var before = one.Facts;
        var declared = one.Closure.State is ClosureState.Running;
        var act = await work.AddAsync(one, first, work.Act(one, ClosureActKind.Withdraw, first, unit, clean, by), ct);
        if (declared)
        {
            one.Closure.SendBack(one.Way, clean.On, returned: false, one.Calendar);
        }
        else
        {
            one.Closure.Withdraw();
        }

        one.Changed();
        await work.CommitAsync([new(one, act, before, declared ? (FactKind.TakenBack, clean.On, clean.Opinion) : null)], by, ct);
    }
}
