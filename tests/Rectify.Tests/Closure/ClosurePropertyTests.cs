using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Rectify.Closure;
using Rectify.Evidence;
using Rectify.Grammar;
using Rectify.LookBacks;
using Rectify.Notices;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Procedures;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Evidence;
using Rectify.Tests.Notices;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Closure;

/// <summary>Whatever anybody tries in whatever order, by whatever procedure: nothing is closed without every step, no stale signature counts, nothing that was done is lost.</summary>
public sealed class ClosurePropertyTests
{
    /// <summary>Lives on each database: by a preset and by a procedure of random steps in turn.</summary>
    private const int Lives = 4;

    private enum Try { Next, Hurry, Take, Publish, End, Object, Settle, Return, Withdraw, Renew, Write, Reword, Replace, State, Wait }

    /// <param name="Which">The part of the item, as a unit or a measure that closes for itself.</param>
    /// <param name="Who">By whom, where anybody may try.</param>
    private sealed record Act(Try What, int Which, int Who, int How);

    private static readonly Gen<Act[]> Any = Gen.Select(
        Gen.Frequency((20, Gen.Const(Try.Next)), (3, Gen.Const(Try.Hurry)), (8, Gen.Enum<Try>())), Gen.Int[0, 1], Gen.Int[0, 23], Gen.Int[0, 2], (what, which, who, how) => new[] { new Act(what, which, who, how) });

    // Something that was signed changes, and somebody goes on as if it had not.
    private static readonly Gen<Act[]> Unseen = Gen.Select(Gen.Bool, Gen.Int[0, 1], (words, which) => new[] { new Act(words ? Try.Reword : Try.Replace, which, 0, 0), new(Try.Hurry, which, 0, 0) });

    private static readonly Gen<Act[]> Acts = Gen.Frequency((7, Any), (1, Unseen)).Array[30, 40].Select(parts => parts.SelectMany(part => part).ToArray());

    // Any of the presets, and any order of steps that the rules of order let through.
    private static readonly Gen<(Procedure Preset, Procedure Made)> Procedures = Gen.Select(
        Gen.Int[0, ProcedurePresets.All.Count - 1], Gen.Int[0, 11].Array[40], (no, picks) => (ProcedurePresets.All[no].Procedure, Make(new(picks))));

    // Enough to take any closing to its end, whatever was done to it before.
    private static readonly IEnumerable<Act> Rest = Enumerable.Range(0, 160).Select(no => new Act(Try.Next, no, 0, 0));

    // What would undo a closing, by whoever could: tried as soon as it closes, and once more at its end.
    private static readonly IEnumerable<Act> Undoing = from what in new[] { Try.Return, Try.Withdraw, Try.Renew } from who in new[] { 0, 3, 18 } select new Act(what, 0, who, 2);

    /// <summary>One closing of the item, and what this test itself knows of it.</summary>
    private sealed class Part(Guid item, Guid id, ClosureCase now)
    {
        public Guid Item => item;

        public Guid Id => id;

        public ClosureCase Now { get; set; } = now;

        public List<string> Said { get; set; } = [];

        /// <summary>How many acts there were when something that they sign was last changed.</summary>
        public int Changed { get; set; }

        public DateOnly? ClosedOn { get; set; }
    }

    private readonly Dictionary<long, byte[]> journal = [];
    private readonly Dictionary<Guid, (FactKind, DateOnly, long, string, bool)> facts = [];
    private World world = null!;
    private Closing closing = null!;

    [Theory, EveryDatabase]
    public async Task No_sequence_of_acts_closes_without_every_step(string database)
    {
        await using var made = world = await World.CreateAsync(database);
        var tasks = new List<(Guid Task, Guid[] Measures, Guid[] Points)>();
        closing = await Closing.HaveAsync(world, more: (programme, units, tree) =>
        {
            for (var no = 5; no < 5 + Lives; no++)
            {
                Item Part(Item? above, ItemKind kind, int at) => Item.Create(programme.Id, above, kind, at, new($"{at}.", at, $"{kind} {at} of {no}.") { Goal = above is null ? "Dug." : "" });
                var task = Part(null, ItemKind.Task, no);
                Item[] measures = [Part(task, ItemKind.Measure, 1), Part(task, ItemKind.Measure, 2)], points = [Part(task, ItemKind.Point, 1), Part(task, ItemKind.Point, 2)];
                tree.Items.AddRange([task, .. measures, .. points]);
                tree.Units.AddRange(new[] { "C1", "C2" }.Select((unit, order) => new ItemUnit { ItemId = task.Id, UnitId = units[unit].Id, Text = unit, Role = DraftRole.Responsible, Order = order }));
                tasks.Add((task.Id, [.. measures.Select(one => one.Id)], [.. points.Select(one => one.Id)]));
            }
        });
        await world.InAsync((SetDesk set) => set.RunAsync(Closing.Code, new("\u516C\u793A", "The office", "1", "", "", "The site", true), 0, closing.People["office"], Ct));
        var (life, done) = (0, 0);
        await Gen.Select(Procedures, Acts).SampleAsync(async (procedures, acts) =>
        {
            var (task, measures, points) = tasks[life];
            var procedure = (life % 2 == 0 ? procedures.Preset : procedures.Made) with { Name = $"{life}" };
            Assert.Empty(procedure.Broken());
            await world.InAsync((SetProcedure set) => set.RunAsync(Closing.Code, procedure, "as drawn", life++, closing.People["office"], Ct));
            (Guid Item, string By)[] begun = procedure.Node switch
            {
                ClosingNode.Measure => [.. measures.Select(one => (one, "county"))],
                ClosingNode.Point => [.. points.Select(one => (one, "county"))],
                _ => procedure.PerUnit ? [(task, "county"), (task, "other")] : [(task, "county")],
            };
            done += await LiveAsync(procedure, task, begun, acts) ? 1 : 0;
        }, iter: Lives, threads: 1);
        Assert.True(done >= Lives / 2, $"only {done} of {Lives} lives came to their end");
    }

    private async Task<bool> LiveAsync(Procedure procedure, Guid task, (Guid Item, string By)[] begun, IEnumerable<Act> acts)
    {
        var parts = new List<Part>();
        foreach (var (item, by) in begun)
        {
            var id = await closing.BeginAsync(world, item, by);
            parts.Add(new(item, id, await closing.CaseAsync(world, id)));
        }

        var people = closing.People.Values.ToArray();
        var (todo, first) = (new Queue<Act>(acts.Concat(Rest).Concat(Undoing)), new Queue<Act>());
        while (first.TryDequeue(out var act) || todo.TryDequeue(out act))
        {
            var part = parts[act.Which % parts.Count];
            if (act.What is Try.Next && !part.Now.Closure.IsOpen)
            {
                continue;
            }

            try
            {
                await TryAsync(part, act, people[act.Who]);
                foreach (var one in act.What is Try.Reword ? parts.Where(one => one.Item == part.Item) : act.What is Try.Replace && part.Now.Declaration.Evidence.Count > 0 ? [part] : [])
                {
                    one.Changed = one.Now.Acts.Count;
                }
            }
            catch (Refusal)
            {
                // Nothing may have changed then, which the comparison of acts shows.
            }

            foreach (var one in parts)
            {
                if (await LookAsync(one, procedure))
                {
                    Undoing.ToList().ForEach(undo => first.Enqueue(undo with { Which = parts.IndexOf(one) }));
                }
            }

            await LookAtFactsAsync([task, .. parts.Select(one => one.Item)]);
            Assert.Equal(parts.TrueForAll(one => one.ClosedOn is not null), (await closing.ViewAsync(world, task)).Status is ItemStatus.Closed);
        }

        await LookAtJournalAsync(parts);
        if (parts.Exists(one => one.Now.Closure.IsOpen))
        {
            // Only where everybody who could take the next step did something that it judges: then nobody may, and it stays where it stands.
            Assert.All(parts.Where(one => one.Now.Closure.IsOpen && one.Now.FirstStale is null), one => Assert.Null(TakerAsync(one.Now, one.Now.Next!).Result));
            return false;
        }

        await ReboundAsync(task, parts, begun[0].By, alone: begun is [var only] && only.Item == task);
        return true;
    }

    /// <summary>Sees that nothing is lost, and that it went on by rights. Answers whether it was closed just now.</summary>
    private async Task<bool> LookAsync(Part part, Procedure procedure)
    {
        var (before, one) = (part.Now, await closing.CaseAsync(world, part.Id));
        part.Now = one;
        var said = one.Acts.ConvertAll(Said);
        Assert.Equal(part.Said, said.Take(part.Said.Count));
        Assert.All(one.Acts.Skip(part.Said.Count), act => Assert.Equal(act.Hash, act.Signs ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(act.Content))) : ""));
        part.Said = said;
        if (one.Closure.StepNo > before.Closure.StepNo && one.Acts.Count > before.Acts.Count)
        {
            // It went on: nothing was stale, neither by the rules nor by what this test did itself.
            Assert.Null(before.FirstStale);
            Assert.All(before.InForce, act => Assert.True(act.No > part.Changed, $"{act.StepKey} was signed before the last change"));
        }

        var now = one.Closure.ClosedOn is not null && part.ClosedOn is null;
        if (now)
        {
            part.ClosedOn = one.Closure.ClosedOn;
            await LookAtClosingAsync(part, procedure);
        }

        Assert.Equal(part.ClosedOn, one.Closure.ClosedOn);
        return now;
    }

    // By the acts alone, whatever the product says of them: every step was taken in this round, one after the other, and signed since the last change.
    private async Task LookAtClosingAsync(Part part, Procedure procedure)
    {
        var closure = part.Now.Closure;
        var acts = part.Now.Acts.Where(act => act.Cycle == closure.Cycle && act.Signs).ToList();
        var needed = procedure.Steps.TakeWhile(step => step.Kind is not StepKind.Close).Append(procedure.Steps.Single(step => step.Kind is StepKind.Close)).ToList();
        Assert.All(needed, step => Assert.True(acts.Exists(act => act.StepKey == step.Key && !act.Opening && act.No > part.Changed), $"closed without {step.Key}"));
        var taken = needed.ConvertAll(step => acts.First(act => act.StepKey == step.Key && !act.Opening && act.Act is ClosureActKind.Take).No);
        Assert.Equal(taken.Order(), taken);
        Assert.DoesNotContain(from done in part.Now.Acts from other in part.Now.Acts where done.By == other.By && ClosureFlow.Excludes(done.StepKind, other.StepKind) select done, _ => true);
        if (needed.Exists(step => step.Kind is StepKind.Notice))
        {
            Assert.Contains(acts, act => act.Opening && act.No > part.Changed);
            var notice = await world.InAsync((Db db) => db.NoticesFor(NoticeWork.Room).AsNoTracking().SingleAsync(one => one.ClosureNoticeId == closure.NoticeId, Ct));
            Assert.Equal((NoticeState.Ended, true), (notice.State, notice.EndsOn < closure.ClosedOn || notice.EndsOn < world.Clock.Today));
            Assert.DoesNotContain(await NoticeTests.ObjectionsAsync(world, notice.Id), objection => objection is { IsOpen: true, InTime: true } && (objection.ClosureId ?? part.Id) == part.Id);
        }
    }

    // A fact stays as it was stated; it can only be withdrawn, once.
    private async Task LookAtFactsAsync(Guid[] items)
    {
        var now = await world.InAsync((Db db) => db.ItemFacts().AsNoTracking().Where(fact => EF.Parameter(items).Contains(fact.ItemId)).ToDictionaryAsync(fact => fact.Id, Ct));
        foreach (var (id, (kind, on, sequence, note, voided)) in facts.Where(fact => items.Contains(Owner(fact.Key))).ToList())
        {
            var fact = now[id];
            Assert.Equal((kind, on, sequence, note, true), (fact.Kind, fact.On, fact.Sequence, fact.Note, fact.VoidedAt is not null || !voided));
        }

        foreach (var (id, fact) in now)
        {
            (owners[id], facts[id]) = (fact.ItemId, (fact.Kind, fact.On, fact.Sequence, fact.Note, fact.VoidedAt is not null));
        }

        Guid Owner(Guid fact) => owners[fact];
    }

    private readonly Dictionary<Guid, Guid> owners = [];

    // Every act has its entry, and no entry that was there before is lost or reads otherwise.
    private async Task LookAtJournalAsync(IReadOnlyList<Part> parts)
    {
        var rows = await world.InAsync((Db db) => db.Journal.AsNoTracking().OrderBy(row => row.Id).Select(row => new { row.Id, row.Kind, row.Subject, row.Body }).ToListAsync(Ct));
        var now = rows.ToDictionary(row => row.Id, row => row.Body);
        Assert.All(journal, row => Assert.Equal(row.Value, now[row.Key]));
        foreach (var row in rows)
        {
            journal[row.Id] = row.Body;
        }

        Assert.All(parts, part => Assert.Equal(part.Said.Count, rows.Count(row => row.Kind == ClosureActDone.Name && row.Subject == part.Id)));
    }

    // Taken up again, another closing begins beside it; was that an error, and the new one is given up, the old one counts again as it was.
    private async Task ReboundAsync(Guid task, List<Part> parts, string by, bool alone)
    {
        var office = closing.People["office"];
        await world.InAsync((StateRebound state) => state.RunAsync(task, new(ReboundSource.Petition, "X-1", world.Clock.Today, "It is back."), null, office, Ct));
        var again = await closing.BeginAsync(world, parts[0].Item, by);
        var old = await closing.CaseAsync(world, parts[0].Id);
        Assert.Equal((ClosureState.Superseded, parts[0].ClosedOn), (old.Closure.State, old.Closure.ClosedOn));
        Assert.Empty((await closing.CaseAsync(world, again)).Acts);
        if (alone)
        {
            await world.InAsync((WithdrawClosure back) => back.RunAsync(again, 0, new(world.Clock.Today, "An error."), closing.People[by], Ct));
            var fact = (await closing.ViewAsync(world, task)).Facts.Last(one => one.Kind is FactKind.Reopened).Id;
            await world.InAsync((VoidFact withdraw) => withdraw.RunAsync(fact, "Another ditch.", office, Ct));
            Assert.Equal(ItemStatus.Closed, (await closing.ViewAsync(world, task)).Status);
            old = await closing.CaseAsync(world, parts[0].Id);
            Assert.Equal((ClosureState.Finished, 1, parts[0].ClosedOn), (old.Closure.State, old.Closure.Live, old.Closure.ClosedOn));
        }

        foreach (var part in parts)
        {
            Assert.Equal(part.Said, (await closing.CaseAsync(world, part.Id)).Acts.Select(Said));
        }

        await LookAtFactsAsync([task, .. parts.Select(one => one.Item)]);
        await LookAtJournalAsync(parts);
    }

    private static string Said(ClosureAct act) => act.Hash + act.Content + act.Opinion;

    private async Task TryAsync(Part part, Act act, Access by)
    {
        var one = part.Now;
        var (id, version, today, office) = (one.Closure.Id, one.Closure.Version, world.Clock.Today, closing.People["office"]);
        switch (act.What)
        {
            case Try.Next:
                await NextAsync(one);
                break;
            case Try.Hurry when one.Next is { } step && await TakerAsync(one, step) is { } who:
                await closing.TakeAsync(world, id, who); // whatever still waits
                break;
            case Try.Take when one.Next is not null:
                var stated = await closing.StatementAsync(world, one);
                await world.InAsync((TakeStep take) => take.RunAsync(id, version, stated, by, Ct));
                break;
            case Try.Publish:
                var draft = await world.InAsync((Rectify.Notices.DraftNotice make) => make.RunAsync([id], by, Ct));
                await world.InAsync((PublishNotice publish) => publish.RunAsync(draft, today, "The site", 0, by, Ct));
                break;
            case Try.End when await NoticeAsync(one) is { } notice:
                await world.InAsync((EndNotice end) => end.RunAsync(notice.Id, by, Ct));
                break;
            case Try.Object when await NoticeAsync(one) is { } notice:
                await world.InAsync((ReceiveObjection receive) => receive.ByOfficeAsync(notice.Id, new(ObjectionMeans.Hand, ObjectionKind.NotDone, "It is black.", DatedOn: today), today, [], Guid.CreateVersion7(), office, Ct));
                break;
            case Try.Settle when await NoticeAsync(one) is { } notice:
                await SettleAsync(notice, (ObjectionOutcome)act.How, by);
                break;
            case Try.Return:
                await world.InAsync((ReturnClosure back) => back.RunAsync(id, version, new(today, "Not yet."), by, Ct));
                break;
            case Try.Withdraw when one.Closure.State is ClosureState.Running: // a withdrawal for good would end the life
                await world.InAsync((WithdrawClosure back) => back.RunAsync(id, version, new(today, "A mistake."), by, Ct));
                break;
            case Try.Renew:
                await world.InAsync((RenewSignature renew) => renew.RunAsync(id, version, (RenewalEffect)act.How, new(today, "seen"), by, Ct));
                break;
            case Try.Write:
                await closing.WriteAsync(world, id, Writer(one));
                break;
            case Try.Reword:
                await world.InAsync(async (ChangeItemWords change) => await change.RunAsync(
                    part.Item, (await closing.ViewAsync(world, part.Item)).Item.Version, "", $"Dig the ditch, {Guid.CreateVersion7()}.", one.Item.Goal, office, Ct));
                break;
            case Try.Replace when one.Declaration.Evidence is [var piece, ..]:
                var upload = await EvidenceTests.UploadAsync(world, closing.People["county"], Encoding.UTF8.GetBytes($"{Guid.CreateVersion7()}"));
                var at = await world.InAsync((Db db) => db.PiecesFor(office).Where(known => known.Id == piece).Select(known => known.Version).SingleAsync(Ct));
                await world.InAsync((AddEvidenceVersion add) => add.RunAsync(piece, upload, "better", at, closing.People[Writer(one)], Ct));
                break;
            case Try.State:
                await world.InAsync((RecordFacts record) => record.RunAsync(part.Item, [new(FactKind.Closed, today)], office, Ct)); // past all steps
                break;
            case Try.Wait:
                Closing.Today(world, today.AddDays(9));
                break;
            default:
                break;
        }
    }

    // What would be done next if everybody did their duty.
    private async Task NextAsync(ClosureCase one)
    {
        var id = one.Closure.Id;
        if (one.FirstStale is { } stale)
        {
            var step = one.Way.First(known => known.Key == stale.Act.StepKey);
            if (await TakerAsync(one, step) is { } by)
            {
                await world.InAsync((RenewSignature renew) => renew.RunAsync(id, one.Closure.Version, RenewalEffect.None, new(world.Clock.Today, "seen"), closing.People[by], Ct));
            }
        }
        else if (one.Next is { Kind: StepKind.Declare } && one.Declaration.CompletedOn is null)
        {
            await closing.WriteAsync(world, id, Writer(one));
        }
        else if (await NoticeAsync(one) is { } known && (await NoticeTests.ObjectionsAsync(world, known.Id)).Exists(objection => objection.IsOpen))
        {
            await SettleAsync(known, ObjectionOutcome.NotUpheld, closing.People["office2"]);
        }
        else if (one.Next is { } step && await TakerAsync(one, step) is { } who)
        {
            try
            {
                await (step.Kind is not StepKind.Notice ? closing.TakeAsync(world, id, who) : await NoticeAsync(one) is { } notice ? EndAsync(notice, who) : PublishAsync(one, who));
            }
            catch (Refusal other) when (other.Code == "closure.batch-day")
            {
                Closing.Today(world, world.Clock.Today.AddDays(9)); // in another month
            }
        }
    }

    private async Task PublishAsync(ClosureCase one, string by)
    {
        var id = one.Closure.Id;
        var draft = await world.InAsync((Db db) => db.NoticesFor(NoticeWork.Room).Where(notice => notice.State == NoticeState.Draft && db.NoticeParts().Any(part => part.NoticeId == notice.Id && part.ClosureId == id))
            .Select(notice => (Guid?)notice.Id).SingleOrDefaultAsync(Ct)) ?? await NoticeTests.DraftAsync(world, closing, by, id);
        foreach (var doubt in (await NoticeTests.DoubtsAsync(world, closing, by, draft)).Where(doubt => doubt.Overruled is null))
        {
            await NoticeTests.OverruleAsync(world, closing, by, draft, doubt, "It holds all the same.");
        }

        await NoticeTests.PublishAsync(world, closing, by, draft);
    }

    private async Task EndAsync(PublicNotice notice, string by)
    {
        if (notice.EndsOn >= world.Clock.Today)
        {
            Closing.Today(world, notice.EndsOn!.Value.AddDays(1));
        }

        await world.InAsync((EndNotice end) => end.RunAsync(notice.Id, closing.People[by], Ct));
    }

    private async Task SettleAsync(PublicNotice notice, ObjectionOutcome outcome, Access by)
    {
        var open = (await NoticeTests.ObjectionsAsync(world, notice.Id)).Find(objection => objection.IsOpen);
        if (open is not null)
        {
            await world.InAsync((SettleObjection settle) => settle.RunAsync(open.Id, new(outcome, "Seen on site.", "It was looked at.", world.Clock.Today, outcome is ObjectionOutcome.Partly), open.Version, by, Ct));
        }
    }

    private async Task<PublicNotice?> NoticeAsync(ClosureCase one) => one.Closure.NoticeId is not { } id ? null
        : await world.InAsync((Db db) => db.NoticesFor(NoticeWork.Room).AsNoTracking().SingleOrDefaultAsync(notice => notice.ClosureNoticeId == id && (notice.State == NoticeState.Open || notice.State == NoticeState.Suspended), Ct));

    private async Task<string?> TakerAsync(ClosureCase one, ProcedureStep step)
    {
        var duties = await world.InAsync((Db db) => StepDuties.OfAsync(db, one, Ct));
        return closing.People.FirstOrDefault(person => duties.May(step, person.Value)).Key;
    }

    private string Writer(ClosureCase one) => one.Closure.UnitId == closing.Units["C2"].Id ? "other" : "county";

    /// <summary>A procedure of the steps that the numbers choose: what may be left out is left out at times, what may be repeated is repeated, and the notice stands before or after closing.</summary>
    private static Procedure Make(Queue<int> picks)
    {
        int Pick(int of) => picks.Dequeue() % of;
        var standard = Closing.Preset("standard");
        ProcedureStep Of(string key) => standard.Steps.Single(step => step.Key == key);
        ProcedureStep Judged(ProcedureStep step) => Pick(3) switch
        {
            0 => step with { Level = Pick(2) == 0 ? StepLevel.Above : StepLevel.Region },
            1 => step with { Duty = Role.Supervisor },
            _ => step with { Duty = Role.Office, Level = Pick(2) == 0 ? StepLevel.County : StepLevel.Region },
        };
        StepLevel Office() => Pick(2) == 0 ? StepLevel.Prefecture : StepLevel.Region;
        var steps = new List<ProcedureStep> { Of("declare"), Of("apply") };
        steps.AddRange(Pick(2) == 0 ? [Judged(Of("material"))] : []);
        steps.AddRange(Pick(2) == 0 ? [Of("site")] : []);
        steps.AddRange(Pick(3) == 0 ? [Of("accept") with { Key = "first", Duty = Role.Supervisor }] : []);
        steps.Add(Judged(Of("accept")) with { NotInvolved = true });
        steps.AddRange(Enumerable.Range(0, Pick(3)).Select(no => Of("review") with { Key = $"review-{no}", Level = Office() }));
        var notice = Of("notice") with { Stands = new(3, Pick(2) == 0) };
        List<ProcedureStep> told = Pick(4) switch
        {
            0 => [],
            1 => [notice],
            2 => [notice with { Duty = Role.Acceptor, Level = StepLevel.Above }, Of("objections") with { Duty = Role.Acceptor, Level = StepLevel.Above }],
            _ => [notice with { Level = Office() }, Of("objections")],
        };
        var before = Pick(4) > 0;
        steps.AddRange(before ? told : []);
        steps.AddRange(Enumerable.Range(0, Pick(3)).Select(no => Of("sign") with { Key = $"sign-{no}", Level = no == 0 ? StepLevel.Prefecture : StepLevel.Region }));
        steps.AddRange(Pick(3) == 0 ? [new("upward", StepKind.Report, Role.Responsible, StepLevel.Unit)] : []);
        steps.Add(Of("close") with { Level = Office() });
        steps.AddRange(before ? [] : told);
        steps.AddRange(Pick(2) == 0 ? [Of("publish")] : []);
        return standard with { Steps = steps, PerUnit = Pick(3) == 0, SharedNotice = Pick(2) == 0, Batch = Pick(3) == 0, ObjectionClock = (ObjectionClock)Pick(3) };
    }
}
