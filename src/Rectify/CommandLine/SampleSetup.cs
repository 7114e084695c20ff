using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.CommandLine;

/// <summary>What stands before the sample's story begins: units, people and their accounts, the programme, its plan.</summary>
internal sealed class SampleSetup(SampleFiles files, SampleStage stage, IServiceScopeFactory scopes, Actor me)
{
    private static readonly DateOnly Begin = new(2018, 1, 3);

    private static readonly Words Texts = Words.In(Language.Default);

    private SampleProgramme Sample => files.Plan.Programme;

    public async Task UnitsAsync(CancellationToken ct) => await stage.PlayAsync(
        SampleTaskPlay.At(Begin, 9),
        async (scope, token) =>
        {
            if (await scope.Db.Units().AnyAsync(token))
            {
                return;
            }

            var (system, path) = (Access.OfSystem(me), Path.Combine(files.Folder, Texts["sample.file.units"]));
            await using var file = File.OpenRead(path);
            var import = scope.Get<ImportOrganisation>();
            var kept = await import.KeepAsync(file, system, token);
            await import.RunAsync(kept, Path.GetFileName(path), seal: null, system, token);
        },
        ct);

    /// <summary>Gives an account to everybody who acts, with the duties that the post asks for.</summary>
    public async Task<SampleCast> AccountsAsync(CancellationToken ct)
    {
        await using var services = scopes.CreateAsyncScope();
        var db = services.ServiceProvider.GetRequiredService<Db>();
        var units = await db.Units().AsNoTracking().ToListAsync(ct);
        var top = units.Single(unit => unit.ParentId is null);
        var codes = units.ToDictionary(unit => unit.Id, unit => unit.Code);
        var named = new Dictionary<string, (string Name, Role Role)>
        {
            ["Y016"] = ("office", Role.Office),
            ["Y022"] = ("admin", Role.Administrator),
            ["Y001"] = ("leader", Role.Leader),
            ["Y008"] = ("supervisor", Role.Supervisor),
            ["Y020"] = ("archive", Role.Archivist),
        };
        var wanted = new Dictionary<string, (Guid Person, Guid Unit, string Code, Role Role)>();
        foreach (var person in await db.People().AsNoTracking().OrderBy(person => person.Code).ToListAsync(ct))
        {
            var code = codes[person.UnitId];
            if (named.TryGetValue(person.Code ?? "", out var known))
            {
                wanted.Add(known.Name, (person.Id, top.Id, top.Code, known.Role));
            }
            else if (RoleOf(person.Post) is { } role)
            {
                wanted.TryAdd((role is Role.Responsible ? code : code + "-accept").ToLowerInvariant(), (person.Id, person.UnitId, code, role));
            }
        }

        // Hashing a password takes long on purpose: several at once.
        await stage.PlayAsync(
            wanted.Select(one => new SampleAct(SampleTaskPlay.At(Begin, 10), one.Key, (scope, token) => AccountAsync(scope, one.Value.Person, one.Key, one.Value.Unit, one.Value.Role, token))), ct);
        var names = await db.Accounts().AsNoTracking().ToDictionaryAsync(account => account.UserName!, ct);
        var byUnit = new Dictionary<(string, Role), Access>();
        foreach (var (name, one) in wanted)
        {
            byUnit.TryAdd((one.Code, one.Role), await Reader.AccessOf(db, names[name].Actor, Begin, ct));
        }

        return new(byUnit[(top.Code, Role.Office)], byUnit);
    }

    /// <summary>The programme and its plan, as reported; approval and publication follow in the story.</summary>
    public async Task PlanAsync(Access office, CancellationToken ct)
    {
        await stage.PlayAsync(
            SampleTaskPlay.At(Begin, 15),
            async (scope, token) =>
            {
                if (await scope.Db.ProgrammesFor(office, Right.Read).AnyAsync(token))
                {
                    return;
                }

                var top = await scope.Db.Units().AsNoTracking().SingleAsync(unit => unit.ParentId == null, token);
                await scope.Get<CreateProgramme>().RunAsync(
                    Sample.Id,
                    new(Sample.Name, top.Id)
                    {
                        ShortName = Sample.ShortName,
                        Round = Sample.Round,
                        Team = Sample.Team,
                        ApprovedBy = Sample.ApprovedBy,
                        StationedFrom = Sample.StationedFrom,
                        StationedTo = Sample.StationedTo,
                        FeedbackOn = Sample.FeedbackOn,
                    },
                    Sample.ProblemAspects, Sample.AdviceAspects, office, token);
            },
            ct);
        await stage.PlayAsync(
            SampleTaskPlay.At(Sample.ReportedOn, 16),
            async (scope, token) =>
            {
                if (await scope.Db.PlanVersionsFor(office, Right.Plan).AnyAsync(token))
                {
                    return;
                }

                var path = Path.Combine(files.Folder, Texts["sample.file.plan"]);
                await using var file = File.OpenRead(path);
                var preview = await scope.Get<StartImport>().RunAsync(Sample.Id, file, Path.GetFileName(path), office, token);
                await scope.Get<ConfirmImport>().RunAsync(preview, [new(PlanStep.Report, Sample.ReportedOn, Number("plan_report"))], keepAliases: false, office, token);
            },
            ct);
    }

    /// <summary>The plan's approval and its publication, in the days asked for.</summary>
    public IEnumerable<SampleAct> Steps(Access office, DateOnly after, DateOnly until) =>
        from step in new PastStep[] { new(PlanStep.Approve, Sample.ApprovedOn, Number("approval")), new(PlanStep.Publish, Sample.PublishedOn, Number("publication")) }
        where step.On > after && step.On <= until
        select new SampleAct(SampleTaskPlay.At(step.On, 9), "", async (scope, token) =>
        {
            var version = await scope.Db.PlanVersionsFor(office, Right.Plan).AsNoTracking().SingleAsync(one => one.No == 1, token);
            if ((step.Step is PlanStep.Approve ? version.ApprovedOn : version.PublishedOn) is null)
            {
                await scope.Get<RecordPlanStep>().RunAsync(Sample.Id, 1, step, office, token);
            }
        });

    private string Number(string kind) => Sample.Documents.First(document => document.Kind == kind).Number;

    private static Role? RoleOf(string post) =>
        post == Texts["sample.post.reports"] ? Role.Responsible : post == Texts["sample.post.accepts"] ? Role.Acceptor : null;

    private async Task AccountAsync(SampleScope scope, Guid person, string name, Guid unit, Role role, CancellationToken ct)
    {
        var account = await scope.Db.Accounts().AsNoTracking().SingleOrDefaultAsync(one => one.UserName == name, ct)
            ?? await scope.Get<CreateAccount>().WithPasswordAsync(person, name, LoadSample.Password, me, ct);
        scope.Db.ChangeTracker.Clear();
        if (!await scope.Db.DutiesOf(account.Id).AnyAsync(ct))
        {
            await scope.Get<GiveDuty>().RunAsync(account.Id, role, unit, new DateOnly(2018, 1, 1), null, me, ct);
        }
    }
}
