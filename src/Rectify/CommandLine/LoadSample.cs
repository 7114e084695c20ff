using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.CommandLine;

/// <summary>
/// Loads the sample programme by the same acts that people use: units and people from their workbook, the plan from its
/// document, and what happened fact by fact, each recorded by an account that may.
/// </summary>
internal sealed class LoadSample(
    Db db, TimeProvider clock, IServiceScopeFactory scopes, ImportOrganisation organisation, CreateAccount accounts, GiveDuty duties)
{
    /// <summary>The password of all sample accounts: the sample is for looking, on one's own machine.</summary>
    public const string Password = "rectify-sample-1";

    private static readonly Actor Me = Actor.System("sample");

    private static readonly Words Texts = Words.In(Language.Default);

    private readonly Dictionary<(string Unit, Role Role), Access> byUnit = [];
    private Access office = Access.OfSystem(Me);

    /// <returns>The sign-ins, one a line; none if the database holds something else.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(string folder, TextWriter progress, CancellationToken ct)
    {
        if (await db.Units().AnyAsync(ct))
        {
            return await db.Accounts().AnyAsync(account => account.UserName == "office", ct) ? SignIns() : [];
        }

        if (!File.Exists(Path.Combine(folder, "data", "plan.json")))
        {
            throw Refusal.Invalid("sample.missing", $"There is no sample programme in {Path.GetFullPath(folder)}.");
        }

        await progress.WriteLineAsync("Loading the sample programme: units and people …");
        var plan = await SampleData.ReadAsync<SamplePlan>(Path.Combine(folder, "data", "plan.json"), ct);
        var history = await SampleData.ReadAsync<SampleHistory>(Path.Combine(folder, "data", "history.json"), ct);
        await OrganisationAsync(folder, ct);
        await AccountsAsync(ct);

        await progress.WriteLineAsync("Loading the sample programme: the plan …");
        await PlanAsync(folder, plan.Programme, ct);

        await progress.WriteLineAsync("Loading the sample programme: what happened until 2019-03-31 …");
        var rounds = history.Rounds.ToDictionary(round => round.Id, round => round.AsOf);
        await Parallel.ForEachAsync(plan.Tasks.Zip(history.Tasks), new ParallelOptions { CancellationToken = ct, MaxDegreeOfParallelism = 4 }, async (one, token) =>
        {
            // A scope for each task, as for each request: the change tracker stays small. No task touches another's chain.
            await using var scope = scopes.CreateAsyncScope();
            await new SampleTaskPlay(scope.ServiceProvider, plan.Programme.Id, byUnit, office, rounds).RunAsync(one.First, one.Second, token);
        });

        return SignIns();
    }

    private static string[] SignIns() => [Texts["sample.signins"], Texts["sample.password", Password]];

    private async Task OrganisationAsync(string folder, CancellationToken ct)
    {
        var system = Access.OfSystem(Me);
        var path = Path.Combine(folder, Texts["sample.file.units"]);
        await using var file = File.OpenRead(path);
        var kept = await organisation.KeepAsync(file, system, ct);
        await organisation.RunAsync(kept, Path.GetFileName(path), seal: null, system, ct);
        db.ChangeTracker.Clear();
    }

    private async Task AccountsAsync(CancellationToken ct)
    {
        var units = await db.Units().AsNoTracking().ToListAsync(ct);
        var top = units.Single(unit => unit.ParentId is null);
        var codes = units.ToDictionary(unit => unit.Id, unit => unit.Code);
        var named = new Dictionary<string, (string Name, Role[] Roles)>
        {
            ["Y016"] = ("office", [Role.Office]),
            ["Y022"] = ("admin", [Role.Administrator]),
            ["Y001"] = ("leader", [Role.Leader]),
            ["Y008"] = ("supervisor", [Role.Supervisor]),
            ["Y020"] = ("archive", [Role.Archivist]),
        };
        foreach (var person in await db.People().AsNoTracking().OrderBy(person => person.Code).ToListAsync(ct))
        {
            var code = codes[person.UnitId];
            if (named.TryGetValue(person.Code ?? "", out var known))
            {
                var access = await AccountAsync(person.Id, known.Name, top.Id, known.Roles, ct);
                office = known.Name == "office" ? access : office;
            }
            else if (RoleOf(person.Post) is { } role && !byUnit.ContainsKey((code, role)))
            {
                var name = role is Role.Responsible ? code : code + "-accept";
                byUnit.Add((code, role), await AccountAsync(person.Id, name.ToLowerInvariant(), person.UnitId, [role], ct));
            }
        }
    }

    private static Role? RoleOf(string post) =>
        post == Texts["sample.post.reports"] ? Role.Responsible : post == Texts["sample.post.accepts"] ? Role.Acceptor : null;

    private async Task<Access> AccountAsync(Guid person, string name, Guid unit, Role[] roles, CancellationToken ct)
    {
        var account = await accounts.WithPasswordAsync(person, name, Password, Me, ct);
        foreach (var role in roles)
        {
            await duties.RunAsync(account.Id, role, unit, new DateOnly(2018, 1, 1), null, Me, ct);
        }

        db.ChangeTracker.Clear();
        return await Reader.AccessOf(db, account.Actor, clock.Today, ct);
    }

    private async Task PlanAsync(string folder, SampleProgramme sample, CancellationToken ct)
    {
        var top = await db.Units().AsNoTracking().SingleAsync(unit => unit.ParentId == null, ct);
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CreateProgramme>().RunAsync(
            sample.Id,
            new(sample.Name, top.Id)
            {
                ShortName = sample.ShortName,
                Round = sample.Round,
                Team = sample.Team,
                ApprovedBy = sample.ApprovedBy,
                StationedFrom = sample.StationedFrom,
                StationedTo = sample.StationedTo,
                FeedbackOn = sample.FeedbackOn,
            },
            sample.ProblemAspects, sample.AdviceAspects, office, ct);

        var path = Path.Combine(folder, Texts["sample.file.plan"]);
        await using var file = File.OpenRead(path);
        var preview = await scope.ServiceProvider.GetRequiredService<StartImport>().RunAsync(sample.Id, file, Path.GetFileName(path), office, ct);
        var number = sample.Documents.ToLookup(document => document.Kind, document => document.Number);
        await scope.ServiceProvider.GetRequiredService<ConfirmImport>().RunAsync(
            preview,
            [
                new(PlanStep.Report, sample.ReportedOn, number["plan_report"].First()),
                new(PlanStep.Approve, sample.ApprovedOn, number["approval"].First()),
                new(PlanStep.Publish, sample.PublishedOn, number["publication"].First()),
            ],
            keepAliases: false, office, ct);
    }
}
