using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Evidence;

/// <summary>Evidence at its edges: what may be proved, days that cannot be, and lists of a moment in the past.</summary>
public sealed class EvidenceEdgeTests
{
    private static readonly PieceDetails Photo = new("Photo", PieceKind.Photo);

    [Theory, EveryDatabase]
    public async Task What_was_taken_out_of_the_plan_or_belongs_to_another_programme_is_not_proved(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        var small = await SmallProgramme.MakeAsync(world);
        var point = await world.InAsync((AddSubTask add) => add.RunAsync(some.Task, ItemKind.Point, new("", null, "By the bridge."), [], some.Reporter, Ct));
        var piece = await EvidenceTests.AddAsync(world, some.Reporter, "x"u8.ToArray(), Photo, some.Task, point);
        await EvidenceTests.AddAsync(world, some.Reporter, "y"u8.ToArray(), Photo, point);
        await world.InAsync((RemoveItem remove) => remove.RunAsync(point, 0, "Not needed.", some.Reporter, Ct));

        Assert.Equal((404, "item.not-found"), await EvidenceTests.NoAsync(() => EvidenceTests.AddAsync(world, some.Reporter, "z"u8.ToArray(), Photo, point)));
        Assert.Equal((422, "evidence.programmes"), await EvidenceTests.NoAsync(() => EvidenceTests.AddAsync(world, SmallProgramme.Everyone, "z"u8.ToArray(), Photo, some.Task, small.Tasks[0].Id)));
        await world.InAsync(async (Db db) => Assert.Equal([piece], (await EvidenceList.ReadAsync(db, some.Office, some.Task, DateTimeOffset.MaxValue, Ct)).Select(row => row.Piece.Id)));
    }

    [Theory, EveryDatabase]
    public async Task Each_item_that_a_piece_proves_is_one_that_its_unit_answers_for(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        var account = await world.HaveAccountAsync(some.Department, "helper", Role.Responsible);
        var helper = await world.InAsync((Db db) => Reader.AccessOf(db, account.Actor, world.Clock.Today, Ct));
        var own = await world.InAsync((AddSubTask add) => add.RunAsync(
            some.Task, ItemKind.SubTask, new("", null, "The department's own part."), [new() { ItemId = Guid.Empty, UnitId = some.Department.Id, Text = "D1", Role = DraftRole.Lead, Order = 0 }], some.Office, Ct));
        var other = await world.InAsync((AddSubTask add) => add.RunAsync(
            some.Task, ItemKind.SubTask, new("", null, "The county's own part."), [new() { ItemId = Guid.Empty, UnitId = some.Department.Id, Text = "D1", Role = DraftRole.Accept, Order = 0 }], some.Office, Ct));

        await EvidenceTests.AddAsync(world, helper, "x"u8.ToArray(), Photo, own);
        Assert.Equal((403, "evidence.not-responsible"), await EvidenceTests.NoAsync(() => EvidenceTests.AddAsync(world, helper, "y"u8.ToArray(), Photo, own, other)));
    }

    [Theory, EveryDatabase]
    public async Task No_piece_bears_a_day_to_come_or_a_period_that_ends_first_and_what_is_withdrawn_stays_as_it_is(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        var today = world.Clock.Today;
        Task<(int, string)> NoAsync(PieceDetails details) => EvidenceTests.NoAsync(() => EvidenceTests.AddAsync(world, some.Reporter, "x"u8.ToArray(), details, some.Task));

        Assert.Equal((422, "evidence.future"), await NoAsync(Photo with { EffectiveOn = today.AddDays(1) }));
        Assert.Equal((422, "evidence.period"), await NoAsync(Photo with { From = today, To = today.AddDays(-1) }));
        var piece = await EvidenceTests.AddAsync(world, some.Reporter, "x"u8.ToArray(), Photo with { EffectiveOn = today, From = today, To = today }, some.Task);
        await world.InAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(piece, "wrong", 1, some.Reporter, Ct));
        Assert.Equal((409, "evidence.withdrawn"), await EvidenceTests.NoAsync(() => world.InAsync((ChangeEvidence change) => change.RunAsync(piece, Photo, [some.Task], 2, some.Reporter, Ct))));
    }

    [Theory, EveryDatabase]
    public async Task A_list_of_a_past_moment_has_what_was_there_then(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        var before = world.Clock.GetUtcNow();
        world.Clock.Advance(TimeSpan.FromHours(1));
        var piece = await EvidenceTests.AddAsync(world, some.Reporter, "x"u8.ToArray(), Photo, some.Task);
        world.Clock.Advance(TimeSpan.FromHours(1));
        var between = world.Clock.GetUtcNow();
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.InAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(piece, "wrong", 1, some.Reporter, Ct));
        world.Clock.Advance(TimeSpan.FromHours(1));

        // Listed, here, withdrawn, counted.
        Assert.Equal((0, 0, 0, 0), await AtAsync(before));
        Assert.Equal((1, 1, 0, 1), await AtAsync(between));
        Assert.Equal((1, 0, 1, 0), await AtAsync(world.Clock.GetUtcNow()));

        Task<(int, int, int, int)> AtAsync(DateTimeOffset end) => world.InAsync(async (Db db) =>
        {
            var items = await EvidenceList.ItemsAsync(db, some.Office, some.Task, Ct);
            async Task<int> RowsAsync(PieceState? state) => (await EvidenceList.PageAsync(db, some.Office, items, end, new() { State = state }, Ct)).Rows.Count;
            return (await RowsAsync(null), await RowsAsync(PieceState.Here), await RowsAsync(PieceState.Withdrawn), (await EvidenceList.CountAsync(db, items, end, Ct)).Count);
        });
    }

    [Theory, EveryDatabase]
    public async Task A_file_checked_while_the_clock_was_ahead_is_checked_again(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        await EvidenceTests.AddAsync(world, some.Reporter, "sound"u8.ToArray(), Photo, some.Task);
        world.Clock.AdjustTime(world.Clock.GetUtcNow().AddYears(4));
        Assert.Equal(1, await CheckAsync());
        world.Clock.AdjustTime(world.Clock.GetUtcNow().AddYears(-4));

        Assert.Equal(1, await CheckAsync());

        Task<int> CheckAsync() => world.InAsync((CheckFiles check) => check.RunAsync(Ct));
    }

    [Theory, EveryDatabase]
    public async Task Evidence_of_a_point_at_any_depth_below_a_measure_is_its_task_s(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        Task<Guid> AddAsync(Guid above, ItemKind kind, string text) => world.InAsync((AddSubTask add) => add.RunAsync(above, kind, new("", null, text), [], some.Reporter, Ct));
        var point = await AddAsync(some.Measure, ItemKind.Point, "By the bridge.");
        var deeper = await AddAsync(point, ItemKind.Point, "Under the bridge.");
        var part = await AddAsync(some.Measure, ItemKind.SubTask, "The town's own part.");
        List<Guid> pieces = [];
        foreach (var (i, at) in new[] { some.Measure, point, deeper }.Index())
        {
            pieces.Add(await EvidenceTests.AddAsync(world, some.Reporter, [(byte)i], Photo, at));
        }

        await EvidenceTests.AddAsync(world, some.Reporter, "elsewhere"u8.ToArray(), Photo, part); // has a dossier of its own

        await world.InAsync(async (Db db) =>
        {
            Assert.Equal([some.Task, some.Measure, point, deeper], (await EvidenceList.ItemsAsync(db, some.Office, some.Task, Ct)).Select(item => item.Id));
            Assert.Equal([some.Measure, point, deeper], (await EvidenceList.ItemsAsync(db, some.Office, some.Measure, Ct)).Select(item => item.Id));
            Assert.Equal(pieces.Order(), (await EvidenceList.ReadAsync(db, some.Office, some.Task, DateTimeOffset.MaxValue, Ct)).Select(row => row.Piece.Id).Order());
        });
        await world.InAsync((RemoveItem remove) => remove.RunAsync(deeper, 0, "Not needed.", some.Reporter, Ct));
        await world.InAsync(async (Db db) => Assert.Equal([some.Task, some.Measure, point], (await EvidenceList.ItemsAsync(db, some.Office, some.Task, Ct)).Select(item => item.Id)));
    }
}
