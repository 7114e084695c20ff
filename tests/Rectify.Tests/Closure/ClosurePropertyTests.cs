using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Evidence;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Closure;

/// <summary>Whatever anybody tries in whatever order: nothing is closed without every step, no stale signature counts, nothing that was done is lost.</summary>
public sealed class ClosurePropertyTests
{
    private enum Try { Next, Hurry, Take, Open, Return, Withdraw, Renew, Write, Reword, Replace, Wait }

    private static readonly Gen<(Try What, int Who, int How)[]> Lives = Gen.Select(
        Gen.Frequency((20, Gen.Const(Try.Next)), (5, Gen.Const(Try.Hurry)), (8, Gen.Enum<Try>())), Gen.Int[0, 20], Gen.Int[0, 2]).Array[35, 50];

    // Enough to take any closing to its end, whatever was done to it before.
    private static readonly IEnumerable<(Try What, int Who, int How)> Rest = Enumerable.Repeat((Try.Next, 0, 0), 40);

    [Fact]
    public async Task No_sequence_of_acts_closes_without_every_step()
    {
        await using var world = await World.CreateAsync("sqlite");
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var people = closing.People.Values.ToArray();
        await Lives.SampleAsync(async life =>
        {
            var task = await world.InAsync((AddSubTask add) => add.RunAsync(closing.Tasks[0].Id, ItemKind.SubTask, new("", null, "Dig the ditch.") { Goal = "Dug." }, [], closing.People["county"], Ct));
            var id = await closing.BeginAsync(world, task);
            var known = new Dictionary<int, string>();
            DateOnly? closed = null;
            foreach (var (what, who, how) in life.Concat(Rest).Concat(life.Take(10)))
            {
                var before = await closing.CaseAsync(world, id);
                if (what is Try.Next && !before.Closure.IsOpen)
                {
                    continue;
                }

                try
                {
                    await TryAsync(world, closing, before, what, people[who], (RenewalEffect)how);
                }
                catch (Refusal)
                {
                    // Nothing may have changed then, which the comparison of acts shows.
                }

                var one = await closing.CaseAsync(world, id);
                Assert.All(known, act => Assert.Equal(act.Value, one.Acts[act.Key].Hash + one.Acts[act.Key].Content + one.Acts[act.Key].Opinion));
                Assert.All(one.Acts, act => Assert.Equal(act.Hash, act.Signs ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(act.Content))) : ""));
                known = one.Acts.Index().ToDictionary(act => act.Index, act => act.Item.Hash + act.Item.Content + act.Item.Opinion);
                if (one.Closure.StepNo > before.Closure.StepNo && one.Acts.Count > before.Acts.Count)
                {
                    Assert.Null(before.FirstStale); // it went on: nothing was stale
                }

                if (one.Closure.ClosedOn is not null && closed is null)
                {
                    closed = one.Closure.ClosedOn;
                    var needed = one.Way.TakeWhile(step => step.Kind is not StepKind.Close).Select(step => step.Key).Append("close");
                    Assert.Equal(needed, one.InForce.Where(act => !act.Opening).Select(act => act.StepKey));
                    Assert.Contains(one.InForce, act => act.Opening);
                    Assert.DoesNotContain(
                        from first in one.Acts from second in one.Acts where first.By == second.By && ClosureFlow.Excludes(first.StepKind, second.StepKind) select first, _ => true);
                }

                Assert.Equal(closed, one.Closure.ClosedOn);
                Assert.Equal(closed is not null, (await closing.ViewAsync(world, task)).Status is ItemStatus.Closed);
            }

            Assert.NotNull(closed);
        }, iter: 2, threads: 1);
    }

    private static async Task TryAsync(World world, Closing closing, ClosureCase one, Try what, Access by, RenewalEffect effect)
    {
        var (id, version, today) = (one.Closure.Id, one.Closure.Version, world.Clock.Today);
        switch (what)
        {
            case Try.Next:
                await NextAsync(world, closing, one);
                break;
            case Try.Hurry when one.Next is not null:
                await closing.TakeAsync(world, id); // by whoever may, whatever still waits
                break;
            case Try.Take when one.Next is not null:
                var stated = await closing.StatementAsync(world, one);
                await world.InAsync((TakeStep take) => take.RunAsync(id, version, stated, by, Ct));
                break;
            case Try.Open:
                await Closing.OpenAsync(world, [(id, version)], "The site", by);
                break;
            case Try.Return:
                await world.InAsync((ReturnClosure back) => back.RunAsync(id, version, new(today, "Not yet."), by, Ct));
                break;
            case Try.Withdraw when one.Closure.State is ClosureState.Running: // a withdrawal for good would end the life
                await world.InAsync((WithdrawClosure back) => back.RunAsync(id, version, new(today, "A mistake."), by, Ct));
                break;
            case Try.Renew:
                await world.InAsync((RenewSignature renew) => renew.RunAsync(id, version, effect, new(today, "seen"), by, Ct));
                break;
            case Try.Write:
                await closing.WriteAsync(world, id);
                break;
            case Try.Reword:
                await world.InAsync(async (ChangeItemWords change) => await change.RunAsync(
                    one.Item.Id, (await closing.ViewAsync(world, one.Item.Id)).Item.Version, "", $"Dig the ditch, {Guid.NewGuid()}.", "Dug.", closing.People["office"], Ct));
                break;
            case Try.Replace when one.Declaration.Evidence is [var piece, ..]:
                var upload = await EvidenceTests.UploadAsync(world, closing.People["county"], Encoding.UTF8.GetBytes($"{Guid.NewGuid()}"));
                var at = await world.InAsync((Db db) => db.PiecesFor(closing.People["office"]).Where(known => known.Id == piece).Select(known => known.Version).SingleAsync(Ct));
                await world.InAsync((AddEvidenceVersion add) => add.RunAsync(piece, upload, "better", at, closing.People["county"], Ct));
                break;
            case Try.Wait:
                Closing.Today(world, today.AddDays(9));
                break;
            default:
                break;
        }
    }

    // What would be done next if everybody did their duty.
    private static async Task NextAsync(World world, Closing closing, ClosureCase one)
    {
        if (one.FirstStale is { } stale && one.Closure.IsOpen)
        {
            var by = await world.InAsync(async (Db db) =>
            {
                var duties = await StepDuties.OfAsync(db, one, Ct);
                return closing.People.Values.First(person => duties.May(one.Way.First(step => step.Key == stale.Act.StepKey), person));
            });
            await world.InAsync((RenewSignature renew) => renew.RunAsync(one.Closure.Id, one.Closure.Version, RenewalEffect.None, new(world.Clock.Today, "seen"), by, Ct));
        }
        else if (one.Next is { Kind: StepKind.Declare } && one.Declaration.CompletedOn is null)
        {
            await closing.WriteAsync(world, one.Closure.Id);
        }
        else if (one.Next is { Kind: StepKind.Notice } && one.Closure.NoticeId is not { } _)
        {
            await closing.OpenNoticeAsync(world, one.Closure.Id);
        }
        else if (one.Next is { Kind: StepKind.Notice } && one.Notices[one.Closure.NoticeId!.Value].To is var last && last >= world.Clock.Today)
        {
            Closing.Today(world, last.AddDays(1));
        }
        else if (one.Next is not null)
        {
            await closing.TakeAsync(world, one.Closure.Id);
        }
    }
}
