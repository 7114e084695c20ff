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

    private static readonly Gen<(Try What, int Who, int How)[]> Any = Gen.Select(
        Gen.Frequency((20, Gen.Const(Try.Next)), (3, Gen.Const(Try.Hurry)), (8, Gen.Enum<Try>())), Gen.Int[0, 20], Gen.Int[0, 2], (what, who, how) => new[] { (what, who, how) });

    // Something that was signed changes, and somebody goes on as if it had not.
    private static readonly Gen<(Try What, int Who, int How)[]> Unseen = Gen.Bool.Select(words => new[] { (words ? Try.Reword : Try.Replace, 0, 0), (Try.Hurry, 0, 0) });

    private static readonly Gen<(Try What, int Who, int How)[]> Lives = Gen.Frequency((7, Any), (1, Unseen)).Array[30, 40].Select(parts => parts.SelectMany(part => part).ToArray());

    // Enough to take any closing to its end, whatever was done to it before.
    private static readonly IEnumerable<(Try What, int Who, int How)> Rest = Enumerable.Repeat((Try.Next, 0, 0), 40);

    // What would undo a closing, by whoever could: tried as soon as it closes, and once more at its end.
    private static readonly IEnumerable<(Try What, int Who, int How)> Undoing =
        from what in new[] { Try.Return, Try.Withdraw, Try.Renew } from who in new[] { 0, 3, 18 } select (what, who, 2);

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
            var (known, changed) = (new Dictionary<int, string>(), 0);
            DateOnly? closed = null;
            var (todo, first) = (new Queue<(Try What, int Who, int How)>(life.Concat(Rest).Concat(Undoing)), new Queue<(Try What, int Who, int How)>());
            while (first.TryDequeue(out var act) || todo.TryDequeue(out act))
            {
                var (what, who, how) = act;
                var before = await closing.CaseAsync(world, id);
                if (what is Try.Next && !before.Closure.IsOpen)
                {
                    continue;
                }

                try
                {
                    await TryAsync(world, closing, before, what, people[who], (RenewalEffect)how);
                    changed = what is Try.Reword || (what is Try.Replace && before.Declaration.Evidence.Count > 0) ? before.Acts.Count : changed;
                }
                catch (Refusal)
                {
                    // Nothing may have changed then, which the comparison of acts shows.
                }

                var one = await closing.CaseAsync(world, id);
                Assert.All(known, act => Assert.Equal(act.Value, Said(one.Acts[act.Key])));
                Assert.All(one.Acts, act => Assert.Equal(act.Hash, act.Signs ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(act.Content))) : ""));
                known = one.Acts.Index().ToDictionary(act => act.Index, act => Said(act.Item));
                if (one.Closure.StepNo > before.Closure.StepNo && one.Acts.Count > before.Acts.Count)
                {
                    // It went on: nothing was stale, neither by the rules nor by what this test did itself.
                    Assert.Null(before.FirstStale);
                    Assert.All(before.InForce, act => Assert.True(act.No > changed, $"{act.StepKey} was signed before the last change"));
                }

                if (one.Closure.ClosedOn is not null && closed is null)
                {
                    closed = one.Closure.ClosedOn;
                    var needed = one.Way.TakeWhile(step => step.Kind is not StepKind.Close).Select(step => step.Key).Append("close");
                    Assert.Equal(needed, one.InForce.Where(act => !act.Opening).Select(act => act.StepKey));
                    Assert.Contains(one.InForce, act => act.Opening);
                    Assert.DoesNotContain(
                        from done in one.Acts from other in one.Acts where done.By == other.By && ClosureFlow.Excludes(done.StepKind, other.StepKind) select done, _ => true);
                    Undoing.ToList().ForEach(first.Enqueue);
                }

                Assert.Equal(closed, one.Closure.ClosedOn);
                Assert.Equal(closed is not null, (await closing.ViewAsync(world, task)).Status is ItemStatus.Closed);
            }

            // Taken up again, another closing begins beside it.
            Assert.NotNull(closed);
            await world.InAsync((RecordFacts record) => record.RunAsync(task, [new(FactKind.Reopened, world.Clock.Today, Note: "It is back.")], closing.People["office"], Ct));
            var again = await closing.BeginAsync(world, task);
            var old = await closing.CaseAsync(world, id);
            Assert.Equal((ClosureState.Superseded, closed), (old.Closure.State, old.Closure.ClosedOn));
            Assert.Equal(known.Values, old.Acts.Select(Said));
            Assert.Empty((await closing.CaseAsync(world, again)).Acts);

            // Was that an error, and the new one is given up, the old one counts again as it was.
            await world.InAsync((WithdrawClosure back) => back.RunAsync(again, 0, new(world.Clock.Today, "An error."), closing.People["county"], Ct));
            var fact = (await closing.ViewAsync(world, task)).Facts.Last(one => one.Kind is FactKind.Reopened).Id;
            await world.InAsync((VoidFact withdraw) => withdraw.RunAsync(fact, "Another ditch.", closing.People["office"], Ct));
            old = await closing.CaseAsync(world, id);
            Assert.Equal((ClosureState.Finished, 1, closed), (old.Closure.State, old.Closure.Live, old.Closure.ClosedOn));
            Assert.Equal(known.Values, old.Acts.Select(Said));
            Assert.Equal(ItemStatus.Closed, (await closing.ViewAsync(world, task)).Status);
        }, iter: 2, threads: 1);

        static string Said(ClosureAct act) => act.Hash + act.Content + act.Opinion;
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
