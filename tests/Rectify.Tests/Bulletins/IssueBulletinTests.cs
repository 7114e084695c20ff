using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Rectify.Bulletins;
using Rectify.Dispatch;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Dispatch;
using Rectify.Tests.Organisation;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Bulletins;

/// <summary>Numbers without gaps and never twice, whatever fails and whoever comes at the same moment; and what was issued stays as it was.</summary>
public sealed class IssueBulletinTests
{
    [Theory, EveryDatabase]
    public async Task Those_who_issue_at_the_same_moment_get_numbers_one_after_another(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var drafts = new List<Guid>();
        foreach (var week in Enumerable.Range(1, 6))
        {
            drafts.Add(await DraftAsync(world, r, await ClosedWeekAsync(world, r, week)));
        }

        var numbers = await Task.WhenAll(drafts.Select((id, i) => Task.Run(() => IssueAsync(world, r, id, i % 2 == 0 ? "office" : "office2"))));

        Assert.Equal([1, 2, 3, 4, 5, 6], numbers.Select(one => one.No).Order());
        await world.InAsync(async (Db db) =>
        {
            var kept = await db.BulletinsFor(r.Office).ToListAsync(Ct);
            Assert.Equal([1, 2, 3, 4, 5, 6], kept.Select(one => one.No!.Value).Order());
            Assert.All(kept, one => Assert.Contains($"\"issue\":\"第{one.No}期\"", one.Content, StringComparison.Ordinal));
            var entries = (await db.Journal.Where(row => row.Kind == "bulletin.issued").ToListAsync(Ct)).Select(row => Encoding.UTF8.GetString(row.Body)).ToList();
            Assert.All(kept, one => Assert.Single(entries, entry =>
                entry.Contains($"\"no\":{one.No},", StringComparison.Ordinal) && entry.Contains(one.ContentHash, StringComparison.Ordinal)));
            Assert.Equal(6, entries.Count);
        });
    }

    [Theory, EveryDatabase]
    public async Task Of_two_who_issue_the_same_one_issues_and_one_number_is_given(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var draft = await DraftAsync(world, r, await ClosedWeekAsync(world, r, 1));

        async Task<bool> TryAsync(string who)
        {
            try
            {
                await IssueAsync(world, r, draft, who);
                return true;
            }
            catch (Refusal no) when (no.Code is "stale" or "bulletin.issued")
            {
                return false;
            }
        }

        var done = await Task.WhenAll(Task.Run(() => TryAsync("office")), Task.Run(() => TryAsync("office2")));

        Assert.Single(done, true);
        Assert.Equal(1, await world.InAsync((Db db) => db.Journal.CountAsync(row => row.Kind == "bulletin.issued", Ct)));
        Assert.Equal(2, await world.InAsync((Db db) => db.BulletinFiles().CountAsync(Ct)));
        Assert.Equal(2, (await IssueAsync(world, r, await DraftAsync(world, r, await ClosedWeekAsync(world, r, 2)))).No);
    }

    [Theory, EveryDatabase]
    public async Task A_crash_before_the_commit_and_a_full_disk_leave_no_gap(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var (first, second) = (await DraftAsync(world, r, await ClosedWeekAsync(world, r, 1)), await DraftAsync(world, r, await ClosedWeekAsync(world, r, 2)));

        world.Disk.Room = 2_000;
        Assert.Equal("disk.full", (await Assert.ThrowsAsync<Refusal>(() => IssueAsync(world, r, first))).Code);
        world.Disk.Room = long.MaxValue;
        await NothingIssuedAsync(world);

        // Everything is written, and then the process is gone before the transaction ends.
        await world.InAsync(async (IServiceProvider services) =>
        {
            await using var transaction = await services.GetRequiredService<Db>().Database.BeginTransactionAsync(Ct);
            Assert.Equal((0, 1), await services.GetRequiredService<IssueBulletin>().RunAsync(first, 0, r.Office, Ct));
        });
        await NothingIssuedAsync(world);

        Assert.Equal(1, (await IssueAsync(world, r, second)).No);
        Assert.Equal(2, (await IssueAsync(world, r, first)).No);
        await world.InAsync(async (IServiceProvider services) =>
        {
            foreach (var file in await services.GetRequiredService<Db>().BulletinFiles().ToListAsync(Ct))
            {
                await using var kept = services.GetRequiredService<FileStore>().Open(file.FileHash);
                Assert.Equal(file.FileHash, Convert.ToHexStringLower(await SHA256.HashDataAsync(kept, Ct)));
            }
        });
    }

    [Theory, EveryDatabase]
    public async Task A_return_that_came_on_the_due_day_after_the_hour_is_late_in_the_bulletin_as_on_the_round(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, new(2026, 3, 31));
        var due = await world.InAsync((Db db) => db.RoundsFor(r.Office).Where(one => one.Id == round).Select(one => one.DueAt!.Value).SingleAsync(Ct));
        world.Clock.SetUtcNow(due.AddMinutes(-1));
        await r.FillAsync(world, round, "C2", 10);
        await r.SubmitAsync(world, round, "C2");
        world.Clock.SetUtcNow(due.AddMinutes(1));
        await r.FillAsync(world, round, "C1", 35);
        await r.SubmitAsync(world, round, "C1");

        var record = await world.InAsync((Db db) => RoundRecord.ReadAsync(db, round, world.Clock.Today, Ct));
        var figures = BulletinFigures.Of(record);

        Assert.Equal(record.Round.DueOn, record.Returns.Single(one => one.Unit == r.Units["C1"].Id).SubmittedOn); // the same day
        Assert.Equal([("Unit C1", 0)], figures.Late.Select(one => (one.Unit, one.Days)));
        Assert.Equal(1, figures.InTime);
        Assert.Contains("C1（当日超过时限）", BulletinText.Of(
            record, figures, new("T", "", "", "", "", "", 0), new("M", "I", false, 1, "", "", "", 0), "1", record.On, Rectify.Platform.Text.Words.In(Rectify.Platform.Text.Language.Default), links: false).ToJson(), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_damaged_file_of_an_issued_bulletin_raises_the_alarm(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var bulletin = await DraftAsync(world, r, await ClosedWeekAsync(world, r, 1));
        await IssueAsync(world, r, bulletin);
        Task<int> CheckAsync() => world.InAsync((CheckFiles check) => check.RunAsync(Ct));
        Assert.Equal(2, await CheckAsync());
        var path = await world.InAsync(async (IServiceProvider services) => services.GetRequiredService<FileStore>().Locate(
            (await services.GetRequiredService<Db>().BulletinFiles().SingleAsync(file => file.BulletinId == bulletin && file.Ending == "pdf", Ct)).FileHash));
        var sound = await File.ReadAllBytesAsync(path, Ct);
        await File.WriteAllBytesAsync(path, [.. sound, 0], Ct);
        world.Clock.Advance(TimeSpan.FromDays(31));

        Assert.Equal(2, await CheckAsync());

        await world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            var entry = await db.Journal.SingleAsync(row => row.Kind == "bulletin.file-checked", Ct);
            Assert.Equal(bulletin, entry.Subject);
            Assert.Contains("\"file\":\"pdf\",\"result\":\"Altered\"", Encoding.UTF8.GetString(entry.Body), StringComparison.Ordinal);
            Assert.Equal(HealthStatus.Degraded, (await new FilesHealth(db).CheckHealthAsync(new(), Ct)).Status);
            var rooms = services.GetServices<IKeepFiles>();
            Assert.Equal($"/bulletins/{bulletin}", Assert.Single((await FailedFiles.ReadAsync(db, Access.OfSystem(Setup), rooms, Ct)).Others).Href);
            Assert.Empty((await FailedFiles.ReadAsync(db, r.People["c1"], rooms, Ct)).Others);
        });
        await File.WriteAllBytesAsync(path, sound, Ct);
        world.Clock.Advance(TimeSpan.FromDays(2));
        await CheckAsync();
        await world.InAsync(async (Db db) => Assert.Equal(HealthStatus.Healthy, (await new FilesHealth(db).CheckHealthAsync(new(), Ct)).Status));
    }

    [Theory, EveryDatabase]
    public async Task What_was_issued_stays_whatever_comes_later(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var march = await r.OpenAsync(world, new(2026, 3, 31));
        await r.ReportAsync(world, march, "C1", 35);
        await r.CloseAsync(world, march);
        var bulletin = await DraftAsync(world, r, march);
        await IssueAsync(world, r, bulletin);
        var (content, files, table) = await StateAsync(world, r, bulletin, march);

        // Facts of days before, a correction, other units, another name, another head, another round, and the withdrawal itself.
        await world.InAsync((RecordFacts record) => record.RunAsync(r.Tasks[1].Id, [new StatedFact(FactKind.Completed, new(2026, 3, 20), Document: "2026-7")], Access.OfSystem(Setup), Ct));
        await world.InAsync((RecordFacts record) => record.RunAsync(r.Tasks[3].Id, [new StatedFact(FactKind.Completed, new(2026, 3, 20), Document: "2026-8")], Access.OfSystem(Setup), Ct));
        await world.InAsync(async (IServiceProvider services) =>
        {
            var unit = await services.GetRequiredService<Db>().Units().SingleAsync(one => one.Id == r.Units["C1"].Id, Ct);
            unit.Change(new("C1", "Renamed C1", UnitKind.County), await services.GetRequiredService<Db>().Units().SingleAsync(one => one.Id == r.Units["P1"].Id, Ct));
            await services.GetRequiredService<JournalWriter>().CommitAsync(new ProgrammeChanged { Subject = unit.Id, By = Setup, At = world.Clock.NowMs, Code = "r1" }, Ct);
        });
        await world.InAsync((SetSeries set) => set.RunAsync("r1", new("另一个版头", "另一个单位", false, 1, "报", "送", "发", 9), 0, r.Office, Ct));
        r.Today(world, new(2026, 4, 28));
        var april = await r.OpenAsync(world, new(2026, 4, 30));
        await r.ReportAsync(world, april, "C1", 50, line => line with { Figures = [.. line.Figures.Select(figure => figure with { Corrects = 30, CorrectsReason = "counted twice" })] });
        await r.CloseAsync(world, april);
        await IssueAsync(world, r, await DraftAsync(world, r, april));
        await world.InAsync((WithdrawBulletin withdraw) => withdraw.RunAsync(bulletin, "wrong addressee", 1, r.Office, Ct));

        var (contentNow, filesNow, tableNow) = await StateAsync(world, r, bulletin, march);
        Assert.Equal(content, contentNow);
        Assert.Equal(files, filesNow);
        Assert.Equal(table, tableNow);
        await world.InAsync(async (Db db) =>
        {
            var next = await db.BulletinsFor(r.Office).SingleAsync(one => one.RoundId == april, Ct);
            Assert.Equal(2, next.No);
            Assert.Contains("counted twice", next.Content, StringComparison.Ordinal);
            Assert.Contains("另一个版头", next.Content, StringComparison.Ordinal);
            Assert.Contains("上升50.0个百分点", next.Content, StringComparison.Ordinal); // two of four tasks were completed in between
        });
        var refused = await Assert.ThrowsAsync<Refusal>(() => world.InAsync((ChangeBulletin change) => change.RunAsync(bulletin, new("T", "", "", "", "", "", 0), 2, r.Office, Ct)));
        Assert.Equal("bulletin.issued", refused.Code);
    }

    [Theory, EveryDatabase]
    public async Task A_withdrawn_one_keeps_its_number_and_a_new_one_gets_the_next(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await ClosedWeekAsync(world, r, 1);
        var bulletin = await DraftAsync(world, r, round);
        Assert.Equal("bulletin.exists", (await Assert.ThrowsAsync<Refusal>(() => DraftAsync(world, r, round))).Code);
        Assert.Equal("bulletin.not-issued", (await Assert.ThrowsAsync<Refusal>(() => WithdrawAsync(world, r, bulletin, 0, "why"))).Code);
        await IssueAsync(world, r, bulletin);
        Assert.Equal("bulletin.exists", (await Assert.ThrowsAsync<Refusal>(() => DraftAsync(world, r, round))).Code);
        Assert.Equal("bulletin.reason", (await Assert.ThrowsAsync<Refusal>(() => WithdrawAsync(world, r, bulletin, 1, " "))).Code);

        await WithdrawAsync(world, r, bulletin, 1, "a wrong name");
        var second = await DraftAsync(world, r, round);

        Assert.Equal(2, (await IssueAsync(world, r, second)).No);
        var (page, words) = (await ViewAsync(world, r.Office, bulletin), "a wrong name");
        Assert.Equal((BulletinState.Withdrawn, 1, words), (page.Bulletin.State, page.Bulletin.No, page.Bulletin.WithdrawnBecause));
        Assert.Equal("bulletin.not-issued", (await Assert.ThrowsAsync<Refusal>(() => WithdrawAsync(world, r, bulletin, 2, "again"))).Code);
    }

    [Theory, EveryDatabase]
    public async Task Numbers_run_by_year_from_the_first_number_where_the_office_says_so(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        await world.InAsync((SetSeries set) => set.RunAsync("r1", new("通报", "整改办", PerYear: true, FirstNo: 13, "", "", "", 0), 0, r.Office, Ct));
        var (one, two, three) = (await ClosedWeekAsync(world, r, 1), await ClosedWeekAsync(world, r, 2), await ClosedWeekAsync(world, r, 3));

        Assert.Equal((2026, 13), await IssueAsync(world, r, await DraftAsync(world, r, one)));
        Assert.Equal((2026, 14), await IssueAsync(world, r, await DraftAsync(world, r, two)));
        r.Today(world, new(2027, 1, 8));
        Assert.Equal((2027, 1), await IssueAsync(world, r, await DraftAsync(world, r, three)));
        var no = await Assert.ThrowsAsync<Refusal>(() => world.InAsync((SetSeries set) => set.RunAsync("r1", new("通报", "整改办", false, 13, "", "", "", 0), 1, r.Office, Ct)));
        Assert.Equal("bulletin.numbered", no.Code);
    }

    [Theory, EveryDatabase]
    public async Task Where_nobody_set_an_issuer_the_regions_signing_name_issues(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        Assert.EndsWith("督察整改工作领导小组办公室", await IssuerAsync(), StringComparison.Ordinal);
        await world.InAsync(async (IServiceProvider services) =>
        {
            var region = await services.GetRequiredService<Db>().Units().AsNoTracking().SingleAsync(unit => unit.ParentId == null, Ct);
            await services.GetRequiredService<ChangeUnit>().RunAsync(region.Id, region.Version, UnitTests.Details(region) with { SigningName = "云岭自治区整改办" }, null, Access.OfSystem(Setup), Ct);
        });
        Assert.Equal("云岭自治区整改办", await IssuerAsync());

        Task<string> IssuerAsync() => world.InAsync(async (Db db) => (await SetSeries.OfAsync(db, await db.ProgrammesFor(r.Office, Right.Read).AsNoTracking().SingleAsync(Ct), Ct)).Issuer);
    }

    [Theory, EveryDatabase]
    public async Task The_office_issues_closed_rounds_and_units_read_what_was_issued(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var open = await DraftAsync(world, r, await r.OpenAsync(world, new(2026, 3, 31)));
        Assert.Equal("bulletin.round-open", (await Assert.ThrowsAsync<Refusal>(() => IssueAsync(world, r, open))).Code);
        var round = await ClosedWeekAsync(world, r, 1);
        Assert.Equal("dispatch.office", (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((DraftBulletin draft) => draft.RunAsync(round, r.People["c1"], Ct)))).Code);
        var bulletin = await DraftAsync(world, r, round);
        Assert.Equal("bulletin.not-found", (await Assert.ThrowsAsync<Refusal>(() => ViewAsync(world, r.People["c1"], bulletin))).Code);
        Assert.Equal("bulletin.not-found", (await Assert.ThrowsAsync<Refusal>(() => IssueAsync(world, r, bulletin, "p1"))).Code);

        await IssueAsync(world, r, bulletin);

        Assert.Equal(1, (await ViewAsync(world, r.People["c1"], bulletin)).Bulletin.No);
        Assert.Equal("dispatch.office", (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((WithdrawBulletin withdraw) => withdraw.RunAsync(bulletin, "x", 1, r.People["c1"], Ct)))).Code);
        var stranger = await world.HaveUnitAsync("X", r.Units["R"]);
        var account = await world.HaveAccountAsync(stranger, "stranger", Role.Responsible);
        var outside = await world.InAsync((Db db) => Reader.AccessOf(db, account.Actor, DateOnly.FromDateTime(world.Clock.GetLocalNow().DateTime), Ct));
        Assert.Equal("bulletin.not-found", (await Assert.ThrowsAsync<Refusal>(() => ViewAsync(world, outside, bulletin))).Code);
        Assert.Single(await world.InAsync((Db db) => BulletinList.PageAsync(db, r.People["c1"], r.Programme.Id, null, "", null, Ct)));
        Assert.Equal([bulletin, open], (await world.InAsync((Db db) => BulletinList.PageAsync(db, r.Office, r.Programme.Id, null, "通报", null, Ct))).Select(row => row.Id));
        Assert.Equal([open], (await world.InAsync((Db db) => BulletinList.PageAsync(db, r.Office, r.Programme.Id, null, "", bulletin, Ct))).Select(row => row.Id));
    }

    private static async Task NothingIssuedAsync(World world) => await world.InAsync(async (Db db) =>
    {
        Assert.Equal(0, await db.Journal.CountAsync(row => row.Kind == "bulletin.issued", Ct));
        Assert.Equal(0, await db.BulletinFiles().CountAsync(Ct));
        Assert.Equal(0, await db.BulletinsFor(Access.OfSystem(Setup)).CountAsync(one => one.No != null, Ct));
    });

    // What readers get of it: the text, the bytes of both files, and the table that its figures stand on.
    private static Task<(string Content, string Files, string Table)> StateAsync(World world, Reporting r, Guid bulletin, Guid round) => world.InAsync(async (IServiceProvider services) =>
    {
        var db = services.GetRequiredService<Db>();
        var one = await db.BulletinsFor(r.Office).AsNoTracking().SingleAsync(b => b.Id == bulletin, Ct);
        Assert.Equal(one.ContentHash, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(one.Content))));
        var hashes = new List<string>();
        foreach (var file in await db.BulletinFiles().AsNoTracking().Where(f => f.BulletinId == bulletin).OrderBy(f => f.Ending).ToListAsync(Ct))
        {
            await using var kept = services.GetRequiredService<FileStore>().Open(file.FileHash);
            hashes.Add($"{file.Ending} {Convert.ToHexStringLower(await SHA256.HashDataAsync(kept, Ct))}");
        }

        var table = await DispatchTable.ReadAsync(db, r.Office, round, new(), new(2026, 5, 1), Ct);
        return (one.Content, string.Join(' ', hashes), string.Join('\n', table.Rows.Select(row => $"{row.Task.ToText()} {string.Join(';', row.Statements.Select(s => $"{s.UnitId} {s.Work} {s.Problems}"))}")));
    });

    internal static Task<BulletinView> ViewAsync(World world, Access reader, Guid id) => world.InAsync((Db db) =>
        BulletinView.ReadAsync(db, reader, id, Rectify.Platform.Text.Words.In(Rectify.Platform.Text.Language.Default), world.Clock, Ct));

    internal static Task<Guid> DraftAsync(World world, Reporting r, Guid round) => world.InAsync((DraftBulletin draft) => draft.RunAsync(round, r.Office, Ct));

    internal static Task<(int Year, int No)> IssueAsync(World world, Reporting r, Guid id, string by = "office") =>
        world.InAsync((IssueBulletin issue) => issue.RunAsync(id, 0, r.People[by], Ct));

    private static Task WithdrawAsync(World world, Reporting r, Guid id, int version, string because) =>
        world.InAsync((WithdrawBulletin withdraw) => withdraw.RunAsync(id, because, version, r.Office, Ct));

    // A week of January or February, closed without a return.
    internal static async Task<Guid> ClosedWeekAsync(World world, Reporting r, int week)
    {
        var round = await world.InAsync((OpenRound open) => open.RunAsync("r1", CycleKind.Weekly, new DateOnly(2026, 1, 5).AddDays(7 * week), null, null, r.Office, Ct));
        await world.InAsync((PrepareReturns prepare) => prepare.RunAsync(round, int.MaxValue, Ct));
        await r.CloseAsync(world, round);
        return round;
    }
}
