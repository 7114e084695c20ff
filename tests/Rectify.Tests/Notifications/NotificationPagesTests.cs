using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Evidence;
using Rectify.Notifications;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Notifications;

/// <summary>Inbox, settings, rules, mail and calendar over HTTP, in the whole product.</summary>
public sealed class NotificationPagesTests
{
    [Fact]
    public async Task The_pages_of_notices_work_without_scripts()
    {
        await using var product = await ServedProduct.StartAsync();
        using var office = await SignInAsync(product, "office");
        using var clerk = await SignInAsync(product, "clerk");
        var page = await office.GetStringAsync("/inbox", Ct);
        Assert.Contains("没有等您办的事", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/inbox\"", page, StringComparison.Ordinal);
        Assert.Contains("还没有设置邮件服务器", await office.GetStringAsync("/account/notices", Ct), StringComparison.Ordinal);
        Assert.Contains("没有设置邮件服务器", await office.GetStringAsync("/mail", Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.GetAsync("/mail", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.GetAsync("/api/mail", Ct)).StatusCode);
        Assert.DoesNotContain("href=\"/mail\"", await clerk.GetStringAsync("/inbox", Ct), StringComparison.Ordinal);

        await product.InAsync(async services =>
        {
            services.GetRequiredService<Db>().Add(new FileCheck { Hash = new('a', 64), CheckedAt = DateTimeOffset.UnixEpoch, FailedAt = DateTimeOffset.UnixEpoch, Result = FileCheckResult.Missing });
            await services.GetRequiredService<JournalWriter>().SaveBookkeepingAsync(Ct);
            await services.GetRequiredService<Reckoning>().FilesAsync(Ct);
            await services.GetRequiredService<Reckoning>().MailAsync(Ct);
            await services.GetRequiredService<JournalWriter>().SaveBookkeepingAsync(Ct);
        });
        var inbox = await office.GetFromJsonAsync<Json>("/api/inbox", Ct);
        var id = Assert.Single(inbox!.Notices).Id;
        page = await office.GetStringAsync("/inbox", Ct);
        Assert.Contains("文件校验发现异常", page, StringComparison.Ordinal);
        Assert.Contains("<b>未读</b>", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.GetAsync($"/inbox/{id}", Ct)).StatusCode);
        var opened = await office.GetAsync($"/inbox/{id}", Ct);
        Assert.Equal((HttpStatusCode.Found, "/evidence/checks"), (opened.StatusCode, opened.Headers.Location!.ToString()));
        Assert.DoesNotContain("<b>未读</b>", await office.GetStringAsync("/inbox", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_calendar_is_asked_for_by_strangers_answers_304_unchanged_and_ends_with_its_secret()
    {
        await using var product = await ServedProduct.StartAsync();
        using var office = await SignInAsync(product, "office");
        using var stranger = product.Client();
        var secret = "";
        await product.InAsync(async services =>
        {
            var account = await Rectify.Platform.Identity.AccountTables.Accounts(services.GetRequiredService<Db>()).SingleAsync(one => one.UserName == "office", Ct);
            secret = await services.GetRequiredService<TellMe>().RenewFeedAsync(account.Actor, Ct);
        });
        using var first = await stranger.GetAsync($"/calendar/{secret}.ics", Ct);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("text/calendar", first.Content.Headers.ContentType!.MediaType);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/calendar/{secret}.ics");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await stranger.SendAsync(again, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/calendar/{new string('A', 43)}.ics", Ct)).StatusCode);
        await product.InAsync(async services =>
        {
            var account = await Rectify.Platform.Identity.AccountTables.Accounts(services.GetRequiredService<Db>()).SingleAsync(one => one.UserName == "office", Ct);
            await services.GetRequiredService<TellMe>().EndFeedAsync(account.Actor, Ct);
        });
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/calendar/{secret}.ics", Ct)).StatusCode);

        var answers = await Task.WhenAll(Enumerable.Range(0, 250).Select(async _ => (await stranger.GetAsync($"/calendar/{secret}.ics", Ct)).StatusCode)); // of two windows one takes half of them
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }

    [Theory, EveryDatabase]
    public async Task Only_the_programme_s_office_sets_its_rules_and_bad_days_are_refused(string database)
    {
        await using var world = await World.CreateAsync(database);
        var reporting = await Dispatch.Reporting.HaveAsync(world);
        var (items, nodes, returns) = ReminderRules.Usual;
        Task SetAsync(string who, ReminderRule rule, int version) => world.InAsync((SetReminders set) => set.RunAsync("r1", rule, nodes, returns, version, reporting.People[who], Ct));
        Assert.Equal("dispatch.office", (await Assert.ThrowsAsync<Rectify.Platform.Refusal>(() => SetAsync("c1", items, 0))).Code);
        Assert.Equal("reminders.days", (await Assert.ThrowsAsync<Rectify.Platform.Refusal>(() => SetAsync("office", items with { Days = [0] }, 0))).Code);
        await SetAsync("office", items with { Days = [300] }, 0);
        Assert.Equal("stale", (await Assert.ThrowsAsync<Rectify.Platform.Refusal>(() => SetAsync("office", items, 0))).Code);

        await world.RemindAsync(); // task 1 is due in 280 days
        Assert.Contains(NoticeKind.ItemDue, await world.TodoAsync(reporting, "c1"));
    }

    private static async Task<HttpClient> SignInAsync(ServedProduct product, string name)
    {
        var client = product.Client();
        (await ServedProduct.SignInAsync(client, name, Password)).Dispose();
        return client;
    }

    private sealed record Json(int Todo, IReadOnlyList<JsonNotice> Notices);

    private sealed record JsonNotice(Guid Id);
}
