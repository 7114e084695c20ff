using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Closure;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Portal;
using Rectify.Tasks;
using Rectify.Tests.Closure;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Portal;

/// <summary>Whatever is published, masked, corrected, withdrawn or shut, the public reads what was chosen last and nothing else.</summary>
public sealed class LeakTests
{
    // Each stands in one field alone and in no other word; a goal in its answer too.
    private static readonly (PublicField? Field, string Secret)[] Secrets =
    [
        (PublicField.Problem, "QproblemQ"), (PublicField.Problem, "Qproblem2Q"), (PublicField.Goal, "QgoalQ"), (PublicField.Measures, "QmeasureQ"), (PublicField.Deadline, "QdeadlineQ"), (PublicField.FollowUp, "QfollowQ"),
        (PublicField.GoalResults, "QgoalQ"), (PublicField.Measures, "QdoneQ"), (PublicField.GoalResults, "QreachedQ"), (PublicField.Result, "QreportQ"), (PublicField.Closing, "QnumberQ"), (PublicField.Units, "Unit C1"), (null, "QtitleQ"),
    ];

    // Never published: what was said with each step, and a passage of the plan that is withheld.
    private static readonly string[] Never = ["QopinionQ", "QplanhiddenQ"];

    private sealed record Op(int Kind, PublicField[] Fields, string[] Masked, bool Open);

    private static readonly Gen<Op> Ops = Gen.Select(
        Gen.Int[0, 9], AnyOf.These(Enum.GetValues<PublicField>()).Array[0, 8], AnyOf.These(Secrets.Where(secret => secret.Field is not PublicField.Units).Select(secret => secret.Secret).ToArray()).Array[0, 3], Gen.Bool,
        (kind, fields, masked, open) => new Op(kind, [.. fields.Distinct()], [.. masked.Distinct()], open));

    [Theory]
    [EveryDatabase]
    public async Task No_sequence_of_acts_lets_the_public_read_what_was_not_published(string database)
    {
        await using var world = await World.CreateAsync(database);
        var closing = await Closing.HaveAsync(world, Closing.Preset("standard"));
        var task = closing.Tasks[0].Id;
        await world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            var system = Access.OfSystem(Setup);
            var (item, measure) = (await db.ItemsFor(system, Right.Read).SingleAsync(one => one.Id == task, Ct), await db.ItemsFor(system, Right.Read).SingleAsync(one => one.Id == closing.Measures[0].Id, Ct));
            item.Change(new(item.NumberText, item.NumberValue, "It was QproblemQ and Qproblem2Q.")
            {
                Title = "A title",
                Goal = "Reach QgoalQ.",
                Deadline = new("by QdeadlineQ", DeadlineKind.Fixed, null, new(2026, 12, 31), null),
            });
            measure.Reword("", "Do QmeasureQ.", "");
            await services.GetRequiredService<JournalWriter>().CommitAsync(new ItemChanged { Subject = task, By = Setup, At = world.Clock.NowMs, Item = "x" }, Ct);
        });

        // A closing of it is under way, with words of its own.
        var closure = await closing.BeginAsync(world, task);
        await closing.WriteAsync(world, closure);
        var now = await closing.ClosureAsync(world, closure);
        var declared = now.Declaration with
        {
            Report = "All is done, QreportQ.",
            Measures = [.. now.Declaration.Measures.Select((part, i) => i == 0 ? part with { Result = "It is done, QdoneQ." } : part)],
            Goals = [.. now.Declaration.Goals.Select(part => part with { Result = "It is reached, QreachedQ." })],
        };
        await world.InAsync((SaveDeclaration save) => save.RunAsync(closure, declared, now.Version, closing.People["county"], Ct));
        for (var step = 0; step < 3; step++)
        {
            await closing.TakeAsync(world, closure, step < 2 ? "county" : null, said => said with { Opinion = "QopinionQ" });
        }

        await Ops.Array[1, 8].SampleAsync(async ops =>
        {
            var (open, shown) = (false, new HashSet<string>());
            await SetAsync(world, closing, false);
            (open, shown) = await DoAsync(world, closing, task, new(1, [], [], false), open, shown);
            Assert.Empty(shown); // whatever the sequence before left
            foreach (var op in ops)
            {
                (open, shown) = await DoAsync(world, closing, task, op, open, shown);
                var expected = open ? shown : [];
                var read = await PublicAsync(world);
                foreach (var (_, secret) in Secrets)
                {
                    Assert.Equal((secret, expected.Contains(secret)), (secret, read.Contains(secret, StringComparison.OrdinalIgnoreCase)));
                    Assert.Equal((secret, expected.Contains(secret)), (secret, await FindsAsync(world, secret)));
                }

                Assert.Equal(open, read.Contains("QplanQ", StringComparison.Ordinal));
                foreach (var secret in Never)
                {
                    Assert.DoesNotContain(secret, read, StringComparison.OrdinalIgnoreCase);
                    Assert.False(await FindsAsync(world, secret), secret);
                }
            }
        }, iter: 6, threads: 1);

        // Few sequences open the programme at all.
        await SetAsync(world, closing, true);
        var last = await PublicAsync(world);
        Assert.Contains("QplanQ", last, StringComparison.Ordinal);
        Assert.All(Never, secret => Assert.DoesNotContain(secret, last, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<(bool Open, HashSet<string> Shown)> DoAsync(World world, Closing closing, Guid task, Op op, bool open, HashSet<string> shown)
    {
        var office = closing.People["office"];
        switch (op.Kind)
        {
            case 0:
                await SetAsync(world, closing, op.Open);
                return (op.Open, shown);
            case 1 or 2:
                try
                {
                    await world.InAsync((WithdrawPublication withdraw) => withdraw.RunAsync(task, "because", office, Ct));
                    return (open, []);
                }
                catch (Refusal no) when (no.Status is 404 or 409)
                {
                    return (open, []);
                }

            default:
                var chosen = Secrets.Where(secret => secret.Field is null || op.Fields.Contains(secret.Field.Value)).Select(secret => secret.Secret).ToHashSet();
                // A passage that stands nowhere is refused: only what was chosen is masked.
                var masked = op.Masked.Where(chosen.Contains).ToList();
                var choice = new PublicationChoice("The QtitleQ", op.Fields, [.. masked.Select(passage => new Mask(passage.ToLowerInvariant(), MaskReason.Personal))], "QnumberQ", "QfollowQ", [], "as agreed");
                var hash = await world.InAsync(async (Db db) => (await PublicationDraft.MakeAsync(db, task, choice, office, world.Clock.Today, Ct)).Hash);
                await world.InAsync((PublishItem publish) => publish.RunAsync(task, choice, hash, office, Ct));
                return (open, [.. chosen.Except(masked)]);
        }
    }

    private static async Task SetAsync(World world, Closing closing, bool open)
    {
        var version = await world.InAsync((Db db) => db.PublicProgrammesFor(closing.People["office"]).Select(one => one.Version).SingleOrDefaultAsync(Ct));
        await world.InAsync((SetPublicProgramme set) => set.RunAsync(Closing.Code, new(open, "Public", "", "", "The plan QplanQ and QplanhiddenQ.") { PlanMasks = [new("qplanhiddenq", MaskReason.Personal)] }, version, closing.People["office"], Ct));
    }

    // All that the public doors give, as text.
    private static async Task<string> PublicAsync(World world) => await world.InAsync(async (Db db) =>
    {
        var site = new PublicSite(db);
        var all = new StringBuilder();
        foreach (var row in await db.PublicFor().ToListAsync(Ct))
        {
            all.AppendJoin('\n', row.Content, row.Said, row.Number, row.Title, row.Aspect, row.Status);
        }

        all.AppendJoin('\n', await db.PublicUnits().Select(unit => unit.Name).ToListAsync(Ct));
        foreach (var programme in await site.ProgrammesAsync(Ct))
        {
            var rows = (await site.ItemsAsync(programme, new(), Ct)).Rows.Select(one => new OpenData.Row(one.PublicId, "", one.PublishedAt, one.ChangedAt, one.No, one.Snapshot!)).ToList();
            all.Append(programme.PlanText);
            all.Append(Encoding.UTF8.GetString(OpenData.ToCsv(rows)));
            all.AppendJoin('\n', (await site.ProgressAsync(programme, Ct)).Units.Select(unit => unit.Name));
            all.AppendJoin('\n', (await site.LatestAsync(programme, 10, Ct)).Select(one => one.Title));
        }

        return all.ToString();
    });

    private static async Task<bool> FindsAsync(World world, string secret) => await world.InAsync(async (Db db) =>
    {
        var site = new PublicSite(db);
        return await site.ProgrammesAsync(Ct) is [var programme] && (await site.ItemsAsync(programme, secret == "Unit C1" ? new(Unit: secret) : new(secret), Ct)).Total > 0;
    });
}
