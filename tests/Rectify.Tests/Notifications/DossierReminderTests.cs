using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Dossiers;
using Rectify.Evidence;
using Rectify.Notifications;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tests.Evidence;
using Rectify.Tests.Tasks;
using static Rectify.Notifications.NoticeKind;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Notifications;

/// <summary>Who may remind of what a dossier lacks, whom it reaches, and when it is over.</summary>
public sealed class DossierReminderTests
{
    [Theory, EveryDatabase]
    public async Task Whoever_plans_or_supervises_reminds_the_responsible_once_a_day_until_nothing_is_lacking(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        var region = await world.InAsync((Db db) => db.Units().AsNoTracking().SingleAsync(unit => unit.Code == "R", Ct));
        var held = await world.HaveAccountAsync(region, "supervisor", Role.Supervisor);
        var elsewhere = await world.HaveAccountAsync(some.Department, "elsewhere", Role.Leader);
        var (supervisor, leader) = (await world.InAsync((Db db) => Reader.AccessOf(db, held.Actor, world.Clock.Today, Ct)), await world.InAsync((Db db) => Reader.AccessOf(db, elsewhere.Actor, world.Clock.Today, Ct)));
        await world.InAsync((ChangeRequirements change) => change.RunAsync("r1", new(["01"],
        [
            new("a", "01", "报告", PieceKind.Monitoring) { From = RequiredFrom.Approved },
            new("b", "01", "方案", PieceKind.Plan) { From = RequiredFrom.Approved, PerMeasure = true },
            new("c", "01", "验收", PieceKind.Acceptance) { From = RequiredFrom.Accepted },
        ]), "试行", 0, some.Office, Ct));
        Task Remind(Access by, Guid? item = null) => world.InAsync((RemindOfDossier remind) => remind.RunAsync(item ?? some.Task, by, Ct));

        // Whoever only reports, accepts or reads does not, and of a measure nobody does: it stands in its task's dossier.
        foreach (var who in new[] { some.Reporter, some.Acceptor, some.Neighbour, leader })
        {
            Assert.Equal((404, "item.not-found"), await EvidenceTests.NoAsync(() => Remind(who)));
        }

        Assert.Equal((404, "item.not-found"), await EvidenceTests.NoAsync(() => Remind(some.Office, some.Measure)));

        // Two at once: one of them; nobody a second time on one day.
        var both = await Task.WhenAll(new[] { some.Office, supervisor }.Select(async by => await Record.ExceptionAsync(() => Remind(by))));
        Assert.Equal(409, Assert.IsType<Refusal>(Assert.Single(both.OfType<Exception>())).Status);
        Assert.Equal((409, "dossier.reminded"), await EvidenceTests.NoAsync(() => Remind(supervisor)));
        Assert.Equal((409, "dossier.reminded"), await EvidenceTests.NoAsync(() => Remind(some.Office)));
        Assert.Equal(1, await world.InAsync((Db db) => db.Journal.CountAsync(row => row.Kind == DossierReminded.Name, Ct)));
        await world.FollowAsync();
        await ToldAsync(some.Reporter);
        var line = Assert.Single((await world.InAsync((Db db) => Inbox.PageAsync(db, some.Reporter, InboxPart.Todo, EvidenceAsked, null, Words.In(Language.Default), world.Clock.Today, Ct))).Lines);
        Assert.Equal(($"/items/{some.Task}/dossier?which=lacking", "第一项 The lake is not clean.：材料待补交"), (line.Href, line.Title));
        Assert.Equal(Rectifying.Approved, line.Notice.Due);

        // The next day once more: the later reminder takes the place of the earlier one. Looked at again, nothing is told twice.
        world.Clock.Advance(TimeSpan.FromDays(1));
        await Remind(supervisor);
        await world.FollowAsync();
        await world.RemindAsync();
        await ToldAsync(some.Reporter);
        var before = await world.EverythingAsync();
        Assert.Equal(2, before.Count(told => told.Contains(nameof(EvidenceAsked), StringComparison.Ordinal)));
        await world.ForgetCursorAsync();
        await world.FollowAsync();
        await world.RemindAsync();
        Assert.Equal(before, await world.EverythingAsync());

        // One of two handed in: it still waits. Both: it is over, and there is nothing to remind of.
        await EvidenceTests.AddAsync(world, some.Reporter, "one"u8.ToArray(), new("报告", PieceKind.Monitoring), some.Task);
        await world.FollowAsync();
        await ToldAsync(some.Reporter);
        await EvidenceTests.AddAsync(world, some.Reporter, "two"u8.ToArray(), new("方案", PieceKind.Plan), some.Task, some.Measure);
        await world.FollowAsync();
        await ToldAsync();
        world.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((409, "dossier.whole"), await EvidenceTests.NoAsync(() => Remind(some.Office)));

        // Once reminded of and in order, what is lacking later needs another reminder.
        await world.InAsync((ChangeRequirements change) => change.RunAsync("r1", new(["01"], [new("d", "01", "合同", PieceKind.Contract) { From = RequiredFrom.Approved }]), "又一种", 1, some.Office, Ct));
        await world.FollowAsync();
        await world.RemindAsync();
        await ToldAsync();
        await Remind(some.Office);
        await world.FollowAsync();
        await ToldAsync(some.Reporter);

        async Task ToldAsync(params Access[] whom)
        {
            foreach (var who in new[] { some.Office, some.Reporter, some.Acceptor, some.Neighbour, some.OwnAcceptor, supervisor, leader })
            {
                Assert.Equal(whom.Contains(who) ? 1 : 0, (await world.TodoAsync(who)).Count(kind => kind is EvidenceAsked));
            }
        }
    }

    [Theory, EveryDatabase]
    public async Task Over_HTTP_the_office_or_a_supervisor_reminds_once_a_day_and_the_responsible_are_told_and_written_to(string database)
    {
        using var smtp = SmtpServer.Start();
        await using var world = await World.CreateAsync(database, TimeProvider.System.GetUtcNow());
        var some = await Rectifying.HaveAsync(world);
        var region = await world.InAsync((Db db) => db.Units().AsNoTracking().SingleAsync(unit => unit.Code == "R", Ct));
        await world.HaveAccountAsync(region, "supervisor", Role.Supervisor);
        await world.HaveAccountAsync(region, "leader", Role.Leader);
        await world.InAsync((ChangeRequirements change) => change.RunAsync(
            "r1", new(["01"], [new("a", "01", "报告", PieceKind.Monitoring) { From = RequiredFrom.Approved }]), "试行", 0, some.Office, Ct));
        await using var product = await ServedProduct.OnAsync(
            world, "Mail:Host=127.0.0.1", $"Mail:Port={smtp.Port}", "Mail:Security=None", "Mail:From=zg@example.org", "Mail:Site=https://zg.example.org");
        await product.InAsync(services => services.GetRequiredService<TellMe>().TakeAddressAsync("reporter@example.org", "zh-CN", some.Reporter.Actor, Ct));
        smtp.Wait("mail");
        var code = System.Text.RegularExpressions.Regex.Match(smtp.Mails[^1].TextBody ?? "", @"\d{6}").Value;
        await product.InAsync(services => services.GetRequiredService<TellMe>().ConfirmAsync(code, some.Reporter.Actor, Ct));

        foreach (var who in new[] { "", "reporter", "neighbour", "acceptor", "own", "leader" })
        {
            Assert.Equal(who.Length == 0 ? (401, "") : (404, "item.not-found"), await RemindAsync(who));
        }

        Assert.Equal((404, "item.not-found"), await RemindAsync("office", some.Measure));
        Assert.Equal((204, ""), await RemindAsync("supervisor"));
        Assert.Equal((409, "dossier.reminded"), await RemindAsync("supervisor"));
        Assert.Equal((409, "dossier.reminded"), await RemindAsync("office"));

        // The server itself follows what was done: one notice in one inbox, and one mail at once.
        smtp.Wait("mail");
        var mail = smtp.Mails[^1];
        Assert.Equal(("reporter@example.org", 2), (mail.To.ToString(), smtp.Mails.Count));
        Assert.Contains("第一项 The lake is not clean.：材料待补交", mail.TextBody, StringComparison.Ordinal);
        using var reporter = await AsAsync("reporter");
        var notice = Assert.Single((await reporter.GetFromJsonAsync<JsonElement>("/api/inbox", Ct)).GetProperty("notices").EnumerateArray(), one => one.GetProperty("kind").GetString() == nameof(EvidenceAsked));
        using var opened = await reporter.GetAsync($"/inbox/{notice.GetProperty("id").GetGuid()}", Ct);
        Assert.Equal($"/items/{some.Task}/dossier?which=lacking", opened.Headers.Location?.ToString());
        using var neighbour = await AsAsync("neighbour");
        Assert.DoesNotContain((await neighbour.GetFromJsonAsync<JsonElement>("/api/inbox", Ct)).GetProperty("notices").EnumerateArray(), one => one.GetProperty("kind").GetString() == nameof(EvidenceAsked));

        async Task<HttpClient> AsAsync(string who)
        {
            var client = product.Client();
            if (who.Length > 0)
            {
                (await ServedProduct.SignInAsync(client, who, Password)).Dispose();
            }

            client.DefaultRequestHeaders.Accept.Clear();
            client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
            return client;
        }

        async Task<(int Status, string Code)> RemindAsync(string who, Guid? item = null)
        {
            using var client = await AsAsync(who);
            using var answer = await client.PostAsync($"/api/items/{item ?? some.Task}/dossier/reminder", null, Ct);
            var said = await answer.Content.ReadAsStringAsync(Ct);
            return ((int)answer.StatusCode, said.Contains("\"code\"", StringComparison.Ordinal) ? JsonDocument.Parse(said).RootElement.GetProperty("code").GetString()! : "");
        }
    }
}
