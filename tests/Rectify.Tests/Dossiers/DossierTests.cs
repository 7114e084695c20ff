using Microsoft.EntityFrameworkCore;
using Rectify.Dossiers;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tests.Evidence;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dossiers;

/// <summary>Requirements in versions, dossiers on a day, duplicates and who may declare them shared.</summary>
public sealed class DossierTests
{
    private static readonly PieceDetails Report = new("监测报告", PieceKind.Monitoring, new(2026, 2, 1), "Station");

    [Theory, EveryDatabase]
    public async Task Requirements_have_versions_and_an_earlier_day_keeps_its_own(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        var first = new Requirements(["01 甲", "02 乙"], [new("a", "02 乙", "报告", PieceKind.Monitoring) { From = RequiredFrom.Approved }]);
        Task<int> Change(Requirements to, int seen, Access by, string reason = "试行") => world.InAsync((ChangeRequirements change) => change.RunAsync("r1", to, reason, seen, by, Ct));

        Assert.Equal((403, "dossier.office"), await EvidenceTests.NoAsync(() => Change(first, 0, some.Reporter)));
        Assert.Equal((409, "dossier.unchanged"), await EvidenceTests.NoAsync(() => Change(UsualRequirements.Set, 0, some.Office)));
        Assert.Equal((422, "dossier.reason"), await EvidenceTests.NoAsync(() => Change(first, 0, some.Office, " ")));
        Assert.Equal((422, "dossier.folder"), await EvidenceTests.NoAsync(() => Change(first with { Folders = ["01"] }, 0, some.Office)));
        Assert.Equal((422, "dossier.folders"), await EvidenceTests.NoAsync(() => Change(first with { Folders = ["a/b"] }, 0, some.Office)));
        Assert.Equal((422, "dossier.item"), await EvidenceTests.NoAsync(() => Change(first with { List = [first.List[0] with { ItemId = Guid.NewGuid() }] }, 0, some.Office)));
        Assert.Equal(1, await Change(first, 0, some.Office));
        Assert.Equal((409, "stale"), await EvidenceTests.NoAsync(() => Change(UsualRequirements.Set, 0, some.Office)));
        var yesterday = world.Clock.Today;
        world.Clock.Advance(TimeSpan.FromDays(1));
        var second = first with { List = [first.List[0] with { Count = 2 }, new("b", "01 甲", "处罚", PieceKind.Penalty) { ItemId = some.Measure }] };
        Assert.Equal(2, await Change(second, 1, some.Office));

        await world.InAsync(async (Db db) =>
        {
            Assert.Equal((1, 1), await OfAsync(db, yesterday));
            Assert.Equal((2, 2), await OfAsync(db, world.Clock.Today));
            Assert.Equal(0, (await new DossierReading(db, some.Reporter, yesterday.AddDays(-1), world.Clock).RequirementsAsync(await ProgrammeAsync(db, some.Office), Ct)).No);
            var difference = RequirementDifference.Of(first, second);
            Assert.Equal((1, 0, 1, false), (difference.Added.Count, difference.Removed.Count, difference.Changed.Count, difference.FoldersChanged));
            Assert.Equal(2, await db.Journal.CountAsync(row => row.Kind == "dossier.requirements-changed", Ct));

            async Task<(int, int)> OfAsync(Db from, DateOnly day)
            {
                var (_, dossier) = (await new DossierReading(from, some.Reporter, day, world.Clock).ReadAsync(some.Task, Ct))!.Value;
                return (dossier.No, dossier.Lines.Count);
            }
        });
    }

    [Theory, EveryDatabase]
    public async Task The_later_of_two_uploads_of_one_file_is_the_duplicate_until_the_office_declares_it_shared(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        await world.InAsync((ChangeRequirements change) => change.RunAsync(
            "r1", new(["01"], [new("a", "01", "报告", PieceKind.Monitoring) { From = RequiredFrom.Approved }]), "试行", 0, some.Office, Ct));
        var other = await world.InAsync((AddSubTask add) => add.RunAsync(some.Task, ItemKind.SubTask, new("", null, "Another lake."), [], some.Reporter, Ct));
        var first = await EvidenceTests.AddAsync(world, some.Reporter, "one file"u8.ToArray(), Report, other);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await EvidenceTests.AddAsync(world, some.Reporter, "one file"u8.ToArray(), Report, some.Task);
        var file = (await world.InAsync((Db db) => db.PieceVersions().AsNoTracking().OrderBy(one => one.No).FirstAsync(Ct))).FileHash;

        Assert.Equal(RequirementState.Duplicate, await StateAsync(world, some, some.Task));
        Assert.Equal(RequirementState.Present, await StateAsync(world, some, other)); // nobody can take from it what it had first

        Task Share(Access by, string reason = "两项共用一份监测报告") => world.InAsync((ShareFile share) => share.RunAsync(second, file, reason, by, Ct));
        Assert.Equal((404, "evidence.not-found"), await EvidenceTests.NoAsync(() => Share(some.Reporter))); // not one's own
        Assert.Equal((404, "evidence.not-found"), await EvidenceTests.NoAsync(() => Share(some.Neighbour)));
        Assert.Equal((422, "dossier.reason"), await EvidenceTests.NoAsync(() => Share(some.Office, "")));
        Assert.Equal((409, "stale"), await EvidenceTests.NoAsync(() => world.InAsync((ShareFile share) => share.RunAsync(second, new string('0', 64), "x", some.Office, Ct))));
        var alone = await EvidenceTests.AddAsync(world, some.Reporter, "another file"u8.ToArray(), Report with { Kind = PieceKind.Photo }, some.Task);
        var its = await world.InAsync((Db db) => db.PieceVersions().Where(one => one.PieceId == alone).Select(one => one.FileHash).SingleAsync(Ct));
        Assert.Equal((409, "dossier.no-duplicate"), await EvidenceTests.NoAsync(() => world.InAsync((ShareFile share) => share.RunAsync(alone, its, "x", some.Office, Ct))));
        await Share(some.Office);
        Assert.Equal((409, "dossier.shared"), await EvidenceTests.NoAsync(() => Share(some.Office)));
        Assert.Equal(RequirementState.Present, await StateAsync(world, some, some.Task));
        await world.InAsync((ShareFile share) => share.TakeBackAsync(second, file, some.Office, Ct));
        Assert.Equal(RequirementState.Duplicate, await StateAsync(world, some, some.Task));
        await world.InAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(first, "moved", 1, some.Reporter, Ct));
        Assert.Equal(RequirementState.Present, await StateAsync(world, some, some.Task)); // the only one now
        Assert.Equal(RequirementState.Missing, await StateAsync(world, some, other));
        Assert.Equal((409, "dossier.not-shared"), await EvidenceTests.NoAsync(() => world.InAsync((ShareFile share) => share.TakeBackAsync(second, file, some.Office, Ct))));
        await world.InAsync(async (Db db) => Assert.Equal(2, await db.Journal.CountAsync(row => row.Kind == "dossier.evidence-shared", Ct)));

        // A file that was replaced stays the earlier one's.
        var newer = await EvidenceTests.UploadAsync(world, some.Reporter, "two"u8.ToArray());
        await world.InAsync((AddEvidenceVersion add) => add.RunAsync(second, newer, "sharper", 1, some.Reporter, Ct));
        Assert.Equal(RequirementState.Present, await StateAsync(world, some, some.Task));
        await EvidenceTests.AddAsync(world, some.Reporter, "one file"u8.ToArray(), Report, other);
        Assert.Equal(RequirementState.Duplicate, await StateAsync(world, some, other));
    }

    [Theory, EveryDatabase]
    public async Task One_piece_that_serves_two_items_is_no_duplicate_and_another_unit_sees_nothing(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        await world.InAsync((ChangeRequirements change) => change.RunAsync(
            "r1", new(["01"], [new("a", "01", "报告", PieceKind.Monitoring) { From = RequiredFrom.Approved, PerMeasure = true }]), "试行", 0, some.Office, Ct));
        await EvidenceTests.AddAsync(world, some.Reporter, "one"u8.ToArray(), Report, some.Task);
        Assert.Equal(RequirementState.Missing, await StateAsync(world, some, some.Task)); // each measure needs its own
        await EvidenceTests.AddAsync(world, some.Reporter, "two"u8.ToArray(), Report, some.Task, some.Measure);
        Assert.Equal(RequirementState.Present, await StateAsync(world, some, some.Task));

        await world.InAsync(async (Db db) =>
        {
            Assert.Null(await new DossierReading(db, some.Neighbour, world.Clock.Today, world.Clock).ReadAsync(some.Task, Ct));
            Assert.Null(await new DossierReading(db, some.Office, world.Clock.Today, world.Clock).ReadAsync(some.Measure, Ct)); // stands in its task's
            var programme = await db.ProgrammesFor(some.Office, Right.Read).AsNoTracking().SingleAsync(Ct);
            using var memory = new DossierMemory();
            async Task<List<bool>> ListAsync(Access reader, DossierFilter filter) =>
                await new DossierList(db, memory, reader, programme, world.Clock.Today, world.Clock).ReadAsync(filter, "", Ct).Select(one => one.IsWhole).ToListAsync(Ct);
            Assert.Equal([true], await ListAsync(some.Reporter, new()));
            Assert.Empty(await ListAsync(some.Reporter, new(Lacking: true)));
            Assert.Empty(await ListAsync(some.Neighbour, new()));
            Assert.Empty(await ListAsync(some.Office, new(TaskType: "dust")));
            Assert.Equal([true], await ListAsync(some.Office, new(Unit: some.County.Id)));
        });
    }

    [Theory, EveryDatabase]
    public async Task A_dossier_holds_points_at_any_depth_and_what_proves_one_proves_the_measure_above(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        await world.InAsync((ChangeRequirements change) => change.RunAsync(
            "r1", new(["01"], [new("a", "01", "报告", PieceKind.Monitoring) { From = RequiredFrom.Approved, PerMeasure = true }]), "试行", 0, some.Office, Ct));
        Task<Guid> AddAsync(Guid above, string text) => world.InAsync((AddSubTask add) => add.RunAsync(above, ItemKind.Point, new("", null, text), [], some.Reporter, Ct));
        var point = await AddAsync(some.Measure, "By the bridge.");
        var deeper = await AddAsync(point, "Under the bridge.");
        Assert.Equal(RequirementState.Missing, await StateAsync(world, some, some.Task));

        var piece = await EvidenceTests.AddAsync(world, some.Reporter, "deep"u8.ToArray(), Report, deeper);

        var dossier = await ReadAsync(world, some, some.Task);
        Assert.Equal([some.Task, some.Measure, point, deeper], dossier.Parts.Select(part => part.Id));
        Assert.Equal([piece], dossier.Pieces.Keys);
        Assert.Equal(RequirementState.Present, Assert.Single(dossier.Lines).State);
    }

    [Theory, EveryDatabase]
    public async Task The_office_sets_a_type_of_task_and_its_requirements_apply(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        await world.InAsync((ChangeRequirements change) => change.RunAsync(
            "r1", new(["01"], [new("a", "01", "许可", PieceKind.Permit) { From = RequiredFrom.Approved, TaskType = "污水" }]), "试行", 0, some.Office, Ct));
        async Task<int> VersionAsync() => (await world.InAsync((Db db) => db.ItemsFor(some.Office, Right.Read).AsNoTracking().SingleAsync(item => item.Id == some.Task, Ct))).Version;
        async Task SetAsync(string type, Access by)
        {
            var version = await VersionAsync();
            await world.InAsync((ChangeTaskType change) => change.RunAsync(some.Task, version, type, by, Ct));
        }

        Assert.Empty((await ReadAsync(world, some, some.Task)).Lines);
        Assert.Equal((404, "item.not-found"), await EvidenceTests.NoAsync(() => SetAsync("污水", some.Reporter)));
        Assert.Equal((422, "item.task-type"), await EvidenceTests.NoAsync(() => SetAsync(new('x', 41), some.Office)));
        await SetAsync("污水", some.Office);
        Assert.Single((await ReadAsync(world, some, some.Task)).Lines);
        Assert.Contains(
            (await world.InAsync((Db db) => ItemHistory.ReadAsync(db, some.Office, some.Task, 5, Ct)))!.Entries[0].Changes,
            change => change is { Field: "TaskType", Before: null or "", After: "污水" });
    }

    private static async Task<RequirementState> StateAsync(World world, Rectifying some, Guid item) => Assert.Single((await ReadAsync(world, some, item)).Lines).State;

    private static async Task<Dossier> ReadAsync(World world, Rectifying some, Guid item) =>
        (await world.InAsync((Db db) => new DossierReading(db, some.Office, world.Clock.Today, world.Clock).ReadAsync(item, Ct)))!.Value.Dossier;

    private static async Task<Guid> ProgrammeAsync(Db db, Access reader) => (await db.ProgrammesFor(reader, Right.Read).AsNoTracking().SingleAsync(Ct)).Id;
}
