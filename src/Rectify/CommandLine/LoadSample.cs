using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.CommandLine;

/// <summary>
/// Loads the sample programme by the same acts that people use, in the order of its story and by its clock: units and people from
/// their workbook, the plan from its document, what happened fact by fact, and the rounds return by return.
/// </summary>
/// <remarks>Whatever stands already is passed over, so a load that was stopped goes on at the next start.</remarks>
internal sealed class LoadSample(Db db, TimeProvider clock, IServiceScopeFactory scopes)
{
    /// <summary>The password of all sample accounts: the sample is for looking, on one's own machine.</summary>
    public const string Password = "rectify-sample-1";

    private static readonly Actor Me = Actor.System("sample");

    private static readonly DateOnly DispatchBegins = new(2018, 3, 15);

    private static readonly DateOnly DispatchEnds = new(2019, 4, 30);

    private static readonly Words Texts = Words.In(Language.Default);

    /// <returns>The sign-ins, one a line; none if the database holds something else.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(string folder, TextWriter progress, CancellationToken ct)
    {
        if (await db.Units().AnyAsync(ct) && !await db.Journal.AnyAsync(row => row.By == Me, ct))
        {
            return [];
        }

        if (await IsLoadedAsync(ct))
        {
            return SignIns();
        }

        if (!File.Exists(Path.Combine(folder, "data", "plan.json")))
        {
            throw Refusal.Invalid("sample.missing", $"There is no sample programme in {Path.GetFullPath(folder)}.");
        }

        await progress.WriteLineAsync("Loading the sample programme: units and people …");
        var files = await SampleFiles.ReadAsync(folder, ct);
        var stage = new SampleStage(scopes, clock.LocalTimeZone);
        var setup = new SampleSetup(files, stage, scopes, Me);
        await setup.UnitsAsync(ct);
        var cast = await setup.AccountsAsync(ct);

        await progress.WriteLineAsync("Loading the sample programme: the plan …");
        await setup.PlanAsync(cast.Office, ct);
        var tasks = await TasksAsync(files, cast, ct);
        var site = new SamplePublic(files, cast, tasks);
        var closings = new SampleClosings(files, cast, site, tasks);
        var (rounds, evidence) = (new SampleRounds(files, cast, stage, scopes, tasks), new SampleEvidence(files, cast, tasks));
        var (schedules, dossiers) = (new SampleSchedules(files, cast, tasks), new SampleDossiers(files, cast, tasks));
        var lookBacks = new SampleLookBacks(files, cast, tasks);
        var planned = SampleTaskPlay.At(files.Plan.Programme.ReportedOn, 17);
        await stage.PlayAsync([.. tasks.SelectMany(task => task.Quantities(planned)), .. dossiers.Types(planned)], ct);
        await rounds.CyclesAsync(SampleTaskPlay.At(DispatchBegins, 9), active: true, ct);

        var told = DateOnly.MinValue;
        async Task TellFactsAsync(DateOnly until)
        {
            await using var scope = scopes.CreateAsyncScope();
            var known = await SampleKnown.ReadAsync(scope.ServiceProvider.GetRequiredService<Db>(), ct);
            await stage.PlayAsync([.. tasks.SelectMany(task => task.Until(told, until, known).Concat(task.Parts(told, until))), .. evidence.Until(told, until), .. schedules.Until(told, until), .. dossiers.Until(told, until), .. closings.Setup(told, until), .. closings.Until(told, until), .. lookBacks.Until(told, until), .. site.Until(told, until)], ct);
            told = until;
        }

        async Task TellAsync(DateOnly until)
        {
            // The plan's approval reckons every task anew: nobody may record something of one meanwhile.
            foreach (var step in setup.Steps(cast.Office, told, until).ToList())
            {
                await TellFactsAsync(DateOnly.FromDateTime(step.At));
                await stage.PlayAsync([step], ct);
            }

            await TellFactsAsync(until);
        }

        foreach (var open in files.History.Rounds.GroupBy(round => round.AsOf))
        {
            await progress.WriteLineAsync($"Loading the sample programme: what happened until {open.Key:yyyy-MM-dd} …");
            foreach (var round in open)
            {
                await TellAsync(round.OpenedOn);
                await rounds.OpenAsync(round, ct);
            }

            await TellAsync(open.Key);
            foreach (var round in open)
            {
                await rounds.UnaskedAsync(round, ct);
                await rounds.ReportAsync(round, ct);
            }
        }

        await progress.WriteLineAsync("Loading the sample programme: what the public sees …");
        await TellAsync(files.Site.OpenedOn.AddDays(-1));
        await stage.PlayAsync([site.Opening], ct);
        await TellAsync(DateOnly.MaxValue);
        await rounds.BulletinAsync(ct);
        await rounds.CyclesAsync(SampleTaskPlay.At(DispatchEnds, 9), active: false, ct);
        await stage.PlayAsync([lookBacks.Rules], ct);
        await using var today = scopes.CreateAsyncScope();
        await rounds.OpenForTodayAsync(today.ServiceProvider, clock.Today, ct);
        return SignIns();
    }

    private static string[] SignIns() => [Texts["sample.signins"], Texts["sample.password", Password]];

    // The round for today is the last thing that is made. A sample of an earlier version has facts without the story's cycles, and stays as it is.
    private async Task<bool> IsLoadedAsync(CancellationToken ct)
    {
        var ended = new DateTimeOffset(DispatchEnds.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return await db.RoundsFor(Access.OfSystem(Me)).AnyAsync(round => round.To > DispatchEnds && round.State != RoundState.Opening, ct)
            || (await db.ItemFacts().AnyAsync(ct) && !await db.Journal.AnyAsync(row => row.Kind == "dispatch.cycle-changed" && row.At < ended, ct));
    }

    private async Task<List<SampleTaskPlay>> TasksAsync(SampleFiles files, SampleCast cast, CancellationToken ct)
    {
        var items = await db.ItemsFor(cast.Office, Right.Read).AsNoTracking().Where(item => item.RemovedOn == null).OrderBy(item => item.SortKey).ToListAsync(ct);
        var measures = items.Where(item => item.Kind is ItemKind.Measure).ToLookup(item => item.ParentId);
        var nodes = (await db.ItemMilestones().AsNoTracking().ToListAsync(ct)).ToLookup(node => node.ItemId);
        var byNumber = items.Where(item => item.Kind is ItemKind.Task).ToDictionary(item => item.NumberValue!.Value);
        return
        [
            .. files.Plan.Tasks.Zip(files.History.Tasks).Select(one => new SampleTaskPlay(
                files, cast, one.First, one.Second, byNumber[one.First.Number], [.. measures[byNumber[one.First.Number].Id]], [.. nodes[byNumber[one.First.Number].Id]])),
        ];
    }
}
