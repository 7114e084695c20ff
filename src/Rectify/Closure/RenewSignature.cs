using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Text;
using Rectify.Procedures;

namespace Rectify.Closure;

/// <summary>Signs again what has changed since it was signed (重新签署): the first stale signature of a closure, by whoever may take its step.</summary>
internal sealed class RenewSignature(ClosureWork work, TakeStep take)
{
    /// <param name="stated">The day and the opinion on the change; evidence where the step's own is to be replaced. Checklist, place and time stay.</param>
    /// <exception cref="Refusal">
    /// 404: no such closure. 403: another duty or unit takes the step, or they did what it judges. 409: over, changed meanwhile, nothing is stale, the declaration no longer fits the plan, or the
    /// way does not lead back there. 422: no opinion, or a day or piece that cannot be.
    /// </exception>
    public async Task RunAsync(Guid id, int version, RenewalEffect effect, StepStatement stated, Access by, CancellationToken ct)
    {
        if (!Enum.IsDefined(effect))
        {
            throw Refusal.Malformed("There is no such effect.");
        }

        var one = await work.LoadAsync(id, version, by, ct);
        var stale = one.FirstStale?.Act ?? throw Refusal.Conflict("closure.not-stale", "Every signature stands: nothing has changed since.");
        var (closure, way) = (one.Closure, one.Way);
        var step = way.Single(known => known.Key == stale.StepKey);
        var unit = await work.DemandTakerAsync(one, step, by, ct);
        var to = ClosureFlow.BackTo(way, closure.StepNo, effect)
            ?? throw Refusal.Conflict("closure.no-way-back", "The way does not lead back there: there is no such step, it is not taken yet, or the item is closed.", new Phrase($"closure.effect.{effect}"));
        var old = stale.Statement;
        if (stated.Opinion.Trim().Length == 0)
        {
            throw Refusal.Invalid("closure.opinion", "Write the opinion.");
        }

        IReadOnlyList<Guid> evidence = step.Kind is StepKind.Apply ? await work.StandingPiecesAsync(one, ct) : stated.Evidence.Count > 0 ? stated.Evidence : old.Evidence;
        var clean = await work.StatedAsync(one, old with { On = stated.On, Opinion = stated.Opinion, Evidence = evidence }, ct);
        if (step.Kind is StepKind.Declare)
        {
            await take.DemandDeclarationAsync(one, clean, ct);
        }

        var before = one.Facts;
        var act = await work.AddAsync(one, step, work.Act(one, ClosureActKind.Renew, step, unit, clean, by, effect, stale.NoticeId, stale.Opening), ct);
        if (effect is RenewalEffect.None)
        {
            closure.Renewed();
        }
        else
        {
            closure.GoTo(way, to, clean.On, one.Calendar);
            closure.Notice(null);
        }

        one.Changed();
        await work.CommitAsync([new(one, act, before, Again: effect is RenewalEffect.Recheck && closure.Outcome is ClosureOutcome.PutRight)], by, ct);
    }
}
