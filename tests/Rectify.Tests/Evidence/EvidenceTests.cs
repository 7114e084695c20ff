using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Evidence;

/// <summary>Pieces of evidence: who may what, versions, withdrawal, the journal, checks of the files.</summary>
public sealed class EvidenceTests
{
    private static readonly PieceDetails Report = new("Monitoring report", PieceKind.Monitoring, new(2026, 2, 1), "Station", "No. 18", "Lake", Spot.Of(25.1m, 102.7m, Datum.Gcj02), new(2025, 10, 1), new(2025, 12, 31));

    [Theory, EveryDatabase]
    public async Task A_piece_proves_several_items_and_its_act_commits_to_the_file(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        var id = await AddAsync(world, some.Reporter, "first"u8.ToArray(), Report, some.Task, some.Measure);

        await world.InAsync(async (Db db) =>
        {
            var view = (await PieceView.ReadAsync(db, some.Office, id, Ct))!;
            Assert.Equal(Report, view.Piece.Details);
            Assert.Equal(some.County.Id, view.Piece.UnitId);
            Assert.Equal([some.Task, some.Measure], view.Items.Select(item => item.Id));
            Assert.Equal(("text", 5L, "a.txt"), (view.File.Type, view.File.Size, view.File.FileName));

            var entry = JsonDocument.Parse((await db.Journal.SingleAsync(row => row.Kind == "evidence.added", Ct)).Body).RootElement;
            // docs/formats/journal.md, by hand.
            var salt = Assert.Single(await db.FilesOfAsync(id, Ct)).File.Salt;
            var commitment = Base64Url.EncodeToString(SHA256.HashData(
                [.. Encoding.ASCII.GetBytes("zg-file-v1"), 0, .. salt, .. SHA256.HashData("first"u8), .. Convert.FromHexString(view.File.Sm3)]));
            Assert.Equal([commitment], entry.GetProperty("files").EnumerateArray().Select(file => file.GetString()));
            Assert.Equal(["sha256", "sm3"], entry.GetProperty("alg").EnumerateArray().Select(name => name.GetString()));
            Assert.DoesNotContain("Monitoring report", entry.GetRawText(), StringComparison.Ordinal);
            Assert.Empty(await db.UploadsOf(some.Reporter.Actor).ToListAsync(Ct));
            Assert.Single(await EvidenceList.ReadAsync(db, some.Office, some.Task, DateTimeOffset.MaxValue, Ct));
            Assert.Equal(1, (await EvidenceList.CountAsync(db, await EvidenceList.ItemsAsync(db, some.Reporter, some.Measure, Ct), DateTimeOffset.MaxValue, Ct)).Count);
        });
    }

    [Theory, EveryDatabase]
    public async Task Only_units_that_answer_accept_or_supervise_add_and_only_who_handed_in_changes(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        var helper = await ReaderAsync(world, some.Department, "helper", Role.Responsible); // its unit accepts this item, and does nothing of it
        var id = await AddAsync(world, some.Reporter, "x"u8.ToArray(), Report, some.Task);

        Assert.Equal((403, "evidence.not-responsible"), await NoAsync(() => AddAsync(world, helper, "y"u8.ToArray(), Report, some.Task)));
        Assert.Equal((404, "item.not-found"), await NoAsync(() => AddAsync(world, some.Neighbour, "y"u8.ToArray(), Report, some.Task)));
        Assert.Equal((403, "evidence.not-responsible"), await NoAsync(() => AddAsync(world, some.OwnAcceptor, "y"u8.ToArray(), Report, some.Task))); // the plan names the department
        var team = await ReaderAsync(world, some.County, "team", Role.Supervisor);
        var other = await ReaderAsync(world, some.Department, "team2", Role.Supervisor); // its unit accepts, and nothing below it answers
        Assert.Equal((403, "evidence.not-responsible"), await NoAsync(() => AddAsync(world, other, "y"u8.ToArray(), Report, some.Task)));
        await world.InAsync(async (Db db) =>
        {
            Assert.NotNull(await PieceView.ReadAsync(db, some.Acceptor, id, Ct));
            Assert.Null(await PieceView.ReadAsync(db, some.Neighbour, id, Ct));
            Assert.Empty(await EvidenceList.ReadAsync(db, some.Neighbour, some.Task, DateTimeOffset.MaxValue, Ct));
        });

        // The office may add for itself, and change nothing of the county's.
        var own = await AddAsync(world, some.Office, "office"u8.ToArray(), Report, some.Task);
        foreach (var (by, piece) in new[] { (some.Office, id), (some.Acceptor, id), (helper, id), (some.Neighbour, id), (some.Reporter, own) })
        {
            Assert.Equal((404, "evidence.not-found"), await NoAsync(() => world.InAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(piece, "wrong", 1, by, Ct))));
            Assert.Equal((404, "evidence.not-found"), await NoAsync(() => world.InAsync((ChangeEvidence change) => change.RunAsync(piece, Report, [some.Task], 1, by, Ct))));
            var upload = await UploadAsync(world, by, "z"u8.ToArray());
            Assert.Equal((404, "evidence.not-found"), await NoAsync(() => world.InAsync((AddEvidenceVersion add) => add.RunAsync(piece, upload, "better", 1, by, Ct))));
        }

        // Whoever accepts or supervises proves what they saw, of the item and its measure, and changes only what they handed in themselves.
        var colleague = await ReaderAsync(world, some.Department, "acceptor2", Role.Acceptor);
        foreach (var (by, others) in new[] { (some.Acceptor, new[] { colleague, some.Reporter, team }), (team, [some.Acceptor, some.Neighbour, some.Reporter, some.Office]) })
        {
            var seen = await AddAsync(world, by, Guid.NewGuid().ToByteArray(), Report, some.Task, some.Measure);
            foreach (var no in others)
            {
                Assert.Equal((404, "evidence.not-found"), await NoAsync(() => world.InAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(seen, "wrong", 1, no, Ct))));
            }

            await world.InAsync((ChangeEvidence change) => change.RunAsync(seen, Report with { Title = "Seen" }, [some.Measure], 1, by, Ct));
            await world.InAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(seen, "wrong", 2, by, Ct));
        }

        // An upload is its sender's alone.
        var sent = await UploadAsync(world, some.Office, "mine"u8.ToArray());
        Assert.Equal((404, "upload.not-found"), await NoAsync(() => world.InAsync((AddEvidence add) => add.RunAsync([some.Task], Report, sent, some.Reporter, Ct))));
    }

    [Theory, EveryDatabase]
    public async Task Versions_keep_the_earlier_file_and_withdrawal_leaves_everything_visible(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        var id = await AddAsync(world, some.Reporter, "first"u8.ToArray(), Report, some.Task);
        async Task ReplaceAsync(string text, string reason, int version)
        {
            var upload = await UploadAsync(world, some.Reporter, Encoding.UTF8.GetBytes(text));
            await world.InAsync((AddEvidenceVersion add) => add.RunAsync(id, upload, reason, version, some.Reporter, Ct));
        }

        Assert.Equal((422, "evidence.reason"), await NoAsync(() => ReplaceAsync("second", " ", 1)));
        Assert.Equal((409, "evidence.same-file"), await NoAsync(() => ReplaceAsync("first", "again", 1)));
        Assert.Equal((409, "stale"), await NoAsync(() => ReplaceAsync("second", "clearer", 0)));
        await ReplaceAsync("second", "clearer", 1);
        await world.InAsync((ChangeEvidence change) => change.RunAsync(id, Report with { Title = "Renamed" }, [some.Measure], 2, some.Reporter, Ct));
        Assert.Equal((422, "evidence.items"), await NoAsync(() => world.InAsync((ChangeEvidence change) => change.RunAsync(id, Report, [], 3, some.Reporter, Ct))));
        await world.InAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(id, "belongs elsewhere", 3, some.Reporter, Ct));
        Assert.Equal((409, "evidence.withdrawn"), await NoAsync(() => ReplaceAsync("third", "late", 4)));

        await world.InAsync(async (IServiceProvider services) =>
        {
            var (db, files) = (services.GetRequiredService<Db>(), services.GetRequiredService<FileStore>());
            var view = (await PieceView.ReadAsync(db, some.Office, id, Ct))!;
            Assert.Equal(("Renamed", "belongs elsewhere"), (view.Piece.Title, view.Piece.WithdrawnBecause));
            Assert.Equal([(2, "clearer"), (1, "")], view.Versions.Select(version => (version.No, version.Reason)));
            Assert.All(view.Versions, version => Assert.True(files.Exists(version.FileHash)));
            Assert.Equal([some.Measure], view.Items.Select(item => item.Id));
            Assert.Equal(["evidence.withdrawn", "evidence.changed", "evidence.version-added", "evidence.added"], view.Acts.Select(act => act.Kind));
            Assert.Equal(0, (await EvidenceList.CountAsync(db, await EvidenceList.ItemsAsync(db, some.Office, some.Task, Ct), DateTimeOffset.MaxValue, Ct)).Count);
            Assert.Single(await EvidenceList.ReadAsync(db, some.Office, some.Task, DateTimeOffset.MaxValue, Ct));
        });
    }

    [Theory, EveryDatabase]
    public async Task The_same_file_elsewhere_shows_only_as_far_as_the_reader_sees(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        var small = await SmallProgramme.MakeAsync(world);
        var other = await ReaderAsync(world, small.Town, "town", Role.Responsible);
        var photo = "the same photo"u8.ToArray();
        var first = await AddAsync(world, some.Reporter, photo, Report, some.Task);
        var second = await AddAsync(world, other, photo, Report, small.Tasks[0].Id);

        await world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            var everyone = SmallProgramme.Everyone;
            var row = Assert.Single(await EvidenceList.ReadAsync(db, everyone, some.Task, DateTimeOffset.MaxValue, Ct));
            Assert.Equal((second, small.Tasks[0].Id), (row.Elsewhere!.Piece, row.Elsewhere.Item));
            Assert.Null(Assert.Single(await EvidenceList.ReadAsync(db, some.Reporter, some.Task, DateTimeOffset.MaxValue, Ct)).Elsewhere);
            var hash = row.File.FileHash;
            Assert.Equal(first, Assert.Single((await PieceView.ReadAsync(db, everyone, second, Ct))!.Elsewhere[hash]).Piece);
            Assert.Empty((await PieceView.ReadAsync(db, other, second, Ct))!.Elsewhere[hash]);
        });
        Assert.Single(Directory.GetFiles(Path.Combine(world.Folder, "files"), "*", SearchOption.AllDirectories)); // kept once

        // What was withdrawn stands for nothing any more.
        await world.InAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(second, "wrong", 1, other, Ct));
        await world.InAsync(async (Db db) => Assert.Null(Assert.Single(await EvidenceList.ReadAsync(db, SmallProgramme.Everyone, some.Task, DateTimeOffset.MaxValue, Ct)).Elsewhere));
    }

    [Theory, EveryDatabase]
    public async Task A_file_that_is_used_is_not_swept_and_a_crash_before_the_act_leaves_only_a_file(string database)
    {
        await using var world = await World.CreateAsync(database);
        world.Clock.SetUtcNow(TimeProvider.System.GetUtcNow()); // files bear the machine's time
        var some = await Rectifying.HaveAsync(world);
        var id = await AddAsync(world, some.Reporter, "used"u8.ToArray(), Report, some.Task);
        await UploadAsync(world, some.Reporter, "used"u8.ToArray()); // sent again, never used again
        var lost = await UploadAsync(world, some.Reporter, "lost"u8.ToArray()); // and here the server was killed, before the act

        world.Clock.Advance(TimeSpan.FromDays(2));
        await world.InAsync((SweepUploads sweep) => sweep.RunAsync(Ct));

        await world.InAsync(async (IServiceProvider services) =>
        {
            var (db, files) = (services.GetRequiredService<Db>(), services.GetRequiredService<FileStore>());
            Assert.True(files.Exists((await PieceView.ReadAsync(db, some.Office, id, Ct))!.File.FileHash));
            Assert.False(files.Exists(Convert.ToHexStringLower(SHA256.HashData("lost"u8))));
        });
        Assert.Equal((404, "upload.not-found"), await NoAsync(() => world.InAsync((AddEvidence add) => add.RunAsync([some.Task], Report, lost, some.Reporter, Ct))));
    }

    [Theory, EveryDatabase]
    public async Task A_missing_or_altered_file_raises_the_alarm_once_until_it_is_sound_again(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        var id = await AddAsync(world, some.Reporter, "sound"u8.ToArray(), Report, some.Task);
        var hash = Convert.ToHexStringLower(SHA256.HashData("sound"u8));
        var path = await world.InAsync((FileStore files) => Task.FromResult(files.Locate(hash)));

        Assert.Equal(1, await CheckAsync());
        Assert.Equal((HealthStatus.Healthy, 0), await AlarmAsync());
        Assert.Equal(0, await CheckAsync()); // nothing is due

        world.Clock.Advance(TimeSpan.FromDays(31));
        await File.WriteAllTextAsync(path, "souna", Ct);
        Assert.Equal(1, await CheckAsync());
        Assert.Equal((HealthStatus.Degraded, 1), await AlarmAsync());
        await world.InAsync(async (Db db) =>
        {
            Assert.Equal((id, FileCheckResult.Altered), Assert.Single((await FailedFiles.ReadAsync(db, some.Reporter, [], Ct)).Failed) is var row ? (row.Piece, row.Result) : default);
            Assert.Empty((await FailedFiles.ReadAsync(db, some.Neighbour, [], Ct)).Failed);
        });

        world.Clock.Advance(TimeSpan.FromDays(2));
        await CheckAsync();
        Assert.Equal((HealthStatus.Degraded, 1), await AlarmAsync()); // still altered: said once

        File.Delete(path);
        world.Clock.Advance(TimeSpan.FromDays(2));
        await CheckAsync();
        Assert.Equal((HealthStatus.Degraded, 2), await AlarmAsync());

        await UploadAsync(world, some.Reporter, "sound"u8.ToArray()); // the same file comes again
        world.Clock.Advance(TimeSpan.FromDays(2));
        await CheckAsync();
        Assert.Equal((HealthStatus.Healthy, 3), await AlarmAsync());

        Task<int> CheckAsync() => world.InAsync((CheckFiles check) => check.RunAsync(Ct));
        Task<(HealthStatus, int)> AlarmAsync() => world.InAsync(async (Db db) =>
            ((await new FilesHealth(db).CheckHealthAsync(new(), Ct)).Status, await db.Journal.CountAsync(row => row.Kind == "evidence.checked", Ct)));
    }

    internal static async Task<Guid> UploadAsync(World world, Access by, byte[] content, string name = "a.txt") =>
        await world.InAsync(async (Uploads uploads) => (await uploads.ReceiveAsync(new MemoryStream(content), content.Length, name, by.Actor, Ct)).Id);

    internal static async Task<Guid> AddAsync(World world, Access by, byte[] content, PieceDetails details, params Guid[] items)
    {
        var upload = await UploadAsync(world, by, content);
        return await world.InAsync((AddEvidence add) => add.RunAsync(items, details, upload, by, Ct));
    }

    private static async Task<Access> ReaderAsync(World world, Unit unit, string name, Role role)
    {
        var account = await Organisation.People.HaveAccountAsync(world, unit, name, role);
        return await world.InAsync((Db db) => Reader.AccessOf(db, account.Actor, world.Clock.Today, Ct));
    }

    internal static async Task<(int, string)> NoAsync(Func<Task> act)
    {
        var no = await Assert.ThrowsAsync<Refusal>(act);
        return (no.Status, no.Code);
    }
}
