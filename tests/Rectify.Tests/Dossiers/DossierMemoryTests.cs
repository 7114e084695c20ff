using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Dossiers;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Evidence;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dossiers;

/// <summary>What is remembered of a dossier is what would be judged now, whatever happened in between.</summary>
public sealed class DossierMemoryTests
{
    private static readonly Requirements Asked = new(
        ["01"],
        [
            new("report", "01", "监测", PieceKind.Monitoring) { From = RequiredFrom.Approved, ValidMonths = 1, NeedsIssuer = true },
            new("approval", "01", "批复", PieceKind.Document) { From = RequiredFrom.Approved, Count = 2, Words = "批复" },
            new("each", "01", "每条", PieceKind.Document) { From = RequiredFrom.Completed, PerMeasure = true },
            new("photos", "01", "照片", PieceKind.Photo) { From = RequiredFrom.Approved, Pairs = true },
            new("type", "01", "分类", PieceKind.Monitoring) { TaskType = "污水", From = RequiredFrom.Finish, Days = 20 },
        ]);

    [Theory, EveryDatabase]
    public Task What_is_remembered_is_what_would_be_judged_now(string database) =>
        Gen.Select(Gen.Int[0, 13], Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[0, 60]).Array[40].SampleAsync(steps => WalkAsync(database, steps), iter: 2, threads: 1);

    // SQLite has one writer at a time, but two can have looked before either writes there too: what is proved here holds for both.
    [Fact]
    public async Task Of_two_acts_with_one_file_at_once_the_later_one_sees_the_earlier()
    {
        await using var world = await World.CreateAsync("postgres");
        var some = await Rectifying.HaveAsync(world);
        await world.InAsync((ChangeRequirements change) => change.RunAsync("r1", Asked with { List = [new("a", "01", "报告", PieceKind.Monitoring) { From = RequiredFrom.Approved }] }, "试行", 0, some.Office, Ct));
        var other = await world.InAsync((AddSubTask add) => add.RunAsync(some.Task, ItemKind.SubTask, new("", null, "Another lake."), [], some.Reporter, Ct));
        var report = new PieceDetails("监测报告", PieceKind.Monitoring, world.Clock.Today, "监测站");
        var first = await EvidenceTests.AddAsync(world, some.Reporter, "one file"u8.ToArray(), report, other);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await EvidenceTests.AddAsync(world, some.Reporter, "one file"u8.ToArray(), report, other);
        Task<RequirementState> StateAsync() => world.InAsync(async (IServiceProvider services) => Assert.Single((await new DossierReading(services.GetRequiredService<Db>(), some.Office, world.Clock.Today, world.Clock)
            .StatesAsync(services.GetRequiredService<DossierMemory>(), some.Task, Ct))!.Lines).State);

        await world.InAsync(async (Db db) =>
        {
            // The first is being withdrawn: it was seen what else has its file, and its row is waited for.
            await using var held = await db.Database.BeginTransactionAsync(Ct);
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM \"Piece\" WHERE \"Id\" = {first} FOR UPDATE", Ct);
            var withdrawal = world.InAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(first, "moved", 1, some.Reporter, Ct));
            while (!withdrawal.IsCompleted && !await world.InAsync((Db other) => other.Database.SqlQuery<bool>($"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS \"Value\"").SingleAsync(Ct)))
            {
                await Task.Delay(20, Ct); // from outside: within a transaction the server shows who is at work as it was at the first look
            }

            Assert.False(withdrawal.IsCompleted);

            // Meanwhile the second comes to prove the task too.
            await world.InAsync((ChangeEvidence change) => change.RunAsync(second, report, [other, some.Task], 1, some.Reporter, Ct));
            Assert.Equal(RequirementState.Duplicate, await StateAsync());
            await held.RollbackAsync(Ct);
            await withdrawal;
        });

        Assert.Equal(RequirementState.Present, await StateAsync());
    }

    private static async Task WalkAsync(string database, (int Act, int File, int Where, int Age)[] steps)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        var other = await world.InAsync((AddSubTask add) => add.RunAsync(some.Task, ItemKind.SubTask, new("", null, "Another lake."), [], some.Reporter, Ct));
        var seen = new Dictionary<(Guid, DateOnly), IReadOnlyList<DossierLine>>();
        var (remembered, acts) = (0, 0);
        foreach (var (step, n) in steps.Select((step, n) => (step, n)))
        {
            try
            {
                await ActAsync(world, some, other, step);
                acts++;
            }
            catch (Refusal)
            {
                // what cannot be done now is another step
            }

            foreach (var (item, day) in new[] { some.Task, other }.SelectMany(item => new[] { 0, -20, 40 }.Select(days => (item, world.Clock.Today.AddDays(days)))))
            {
                var (told, judged) = await world.InAsync(async (IServiceProvider services) =>
                {
                    var reading = new DossierReading(services.GetRequiredService<Db>(), n % 2 == 0 ? some.Office : some.Reporter, day, world.Clock);
                    return (await reading.StatesAsync(services.GetRequiredService<DossierMemory>(), item, Ct), (await reading.ReadAsync(item, Ct))!.Value.Dossier);
                });
                Assert.Equal(Said(judged), Said(told!));
                remembered += seen.TryGetValue((item, day), out var lines) && lines == told!.Lines ? 1 : 0;
                seen[(item, day)] = told!.Lines;
            }
        }

        Assert.True(acts > 10 && remembered > 10, $"{acts} acts, {remembered} times remembered");
    }

    private static string Said(DossierStates of) => string.Join('\n', of.Lines.Select(line =>
        $"{line.Requirement.Key} {line.Requirement.Count} {line.Target} {line.State} {line.Have} {line.DueOn}").Append($"{of.PieceCount} {of.Parts.Count}"));

    private static async Task ActAsync(World world, Rectifying some, Guid other, (int Act, int File, int Where, int Age) step)
    {
        var (act, file, where, age) = step;
        var pieces = await world.InAsync((Db db) => db.PiecesFor(some.Office).AsNoTracking().OrderBy(piece => piece.Id).ToListAsync(Ct));
        var piece = pieces.Count > 0 ? pieces[age % pieces.Count] : null;
        var content = Encoding.UTF8.GetBytes($"file {file}"); // few files: many stand twice
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        Guid[] items = where switch { 0 => [other], 1 => [some.Measure], 2 => [some.Task, other], 3 => [some.Task, some.Measure], _ => [some.Task] };
        var kind = (file + where + age) % 3;
        var details = new PieceDetails(
            kind == 1 ? "批复" : "材料", kind switch { 0 => PieceKind.Monitoring, 1 => PieceKind.Document, _ => PieceKind.Photo }, world.Clock.Today.AddDays(-age), age % 5 == 0 ? "" : "监测站", "",
            age % 2 == 0 ? "一号" : "二号");
        Task AsAsync<TService>(Func<TService, Task> run) where TService : notnull => world.InAsync(run);
        switch (act)
        {
            case <= 3:
                await EvidenceTests.AddAsync(world, some.Reporter, content, details, items);
                break;
            case 4 when piece is not null:
                await AsAsync((ChangeEvidence change) => change.RunAsync(piece.Id, details, items, piece.Version, some.Reporter, Ct));
                break;
            case 5 when piece is not null:
                var upload = await EvidenceTests.UploadAsync(world, some.Reporter, content);
                await AsAsync((AddEvidenceVersion add) => add.RunAsync(piece.Id, upload, "clearer", piece.Version, some.Reporter, Ct));
                break;
            case 6 or 7 when piece is not null:
                await AsAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(piece.Id, "wrong", piece.Version, some.Reporter, Ct));
                break;
            case 8 when piece is not null:
                await AsAsync((ShareFile share) => share.RunAsync(piece.Id, hash, "两项共用", some.Office, Ct));
                break;
            case 9 when piece is not null:
                await AsAsync((ShareFile share) => share.TakeBackAsync(piece.Id, hash, some.Office, Ct));
                break;
            case 10:
                var no = await world.InAsync((Db db) => db.RequirementSetsFor(some.Office).CountAsync(Ct));
                await AsAsync((ChangeRequirements change) => change.RunAsync(
                    "r1", Asked with { List = [.. Asked.List.Skip(file), new("more", "01", "另加", PieceKind.Photo) { Count = where + 1 }] }, "试行", no, some.Office, Ct));
                break;
            case 11:
                var version = (await world.InAsync((Db db) => db.ItemsFor(some.Office, Right.Read).AsNoTracking().SingleAsync(item => item.Id == some.Task, Ct))).Version;
                await AsAsync((ChangeTaskType change) => change.RunAsync(some.Task, version, file % 2 == 0 ? "污水" : "扬尘", some.Office, Ct));
                break;
            case 12 when file == 0:
                await AsAsync((AddSubTask add) => add.RunAsync(some.Measure, ItemKind.Point, new("", null, $"Point {age}."), [], some.Reporter, Ct));
                break;
            case 12:
                await AsAsync((RecordFacts record) => record.RunAsync(some.Task, [new(file == 1 ? FactKind.Started : FactKind.Completed, world.Clock.Today.AddDays(-where))], some.Reporter, Ct));
                break;
            case 13:
                world.Clock.Advance(TimeSpan.FromDays(1 + (age / 4)));
                break;
        }
    }
}
