using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;
using Rectify.Platform.Web;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Platform.Identity;

/// <summary>Signing in and one's own account, over HTTP and with a database.</summary>
public sealed class SignInPageTests : IAsyncLifetime
{
    private readonly string data = Path.Combine(Path.GetTempPath(), $"t{Guid.CreateVersion7():N}");
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private WebApplication app = null!;
    private Account liufang = null!;

    private sealed record Put : Fact
    {
        public override string Kind => "test.put";
    }

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(data);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "rectify" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration["DataFolder"] = data;
        builder.Configuration["ConnectionStrings:Db"] = $"Data Source={Path.Combine(data, "db")}";
        builder.AddWeb();
        builder.Services.AddPlatform(builder.Configuration);
        builder.Services.AddOrganisation();
        builder.Services.AddSingleton<TimeProvider>(clock);
        app = builder.Build();
        app.UseWeb();
        app.MapWeb();
        await InAsync((Db db) => db.Database.MigrateAsync(Ct));
        await app.StartAsync(Ct);

        var unit = Unit.Create(new UnitDetails("R", "Region", UnitKind.Region), null);
        var (person, admin) = (Person.Create(null, unit.Id, "Person One", ""), Person.Create(null, unit.Id, "Person Two", ""));
        await InAsync((IServiceProvider services) =>
        {
            services.GetRequiredService<Db>().AddRange(unit, person, admin);
            return services.GetRequiredService<JournalWriter>().CommitAsync(
                new Put { Subject = unit.Id, By = Setup, At = DateTimeOffset.UnixEpoch }, Ct);
        });
        liufang = await InAsync((CreateAccount create) => create.WithPasswordAsync(person.Id, "liufang", Password, Setup, Ct));
        var zhoumin = await InAsync((CreateAccount create) => create.WithPasswordAsync(admin.Id, "zhoumin", Password, Setup, Ct));
        await InAsync((GiveDuty give) => give.RunAsync(zhoumin.Id, Role.Administrator, unit.Id, null, null, Setup, Ct));
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task One_is_led_to_sign_in_and_back_and_out_again()
    {
        using var browser = new Browser(app.GetTestServer());

        Assert.Equal((HttpStatusCode.Redirect, "/signin?return=%2Faccount"), await browser.OpenAsync("/account"));
        Assert.Equal((HttpStatusCode.Redirect, "/account"), await browser.SignInAsync("liufang", Password, "/signin?return=%2Faccount"));
        Assert.Equal((HttpStatusCode.OK, null), await browser.OpenAsync("/account"));
        Assert.Contains("Person One", browser.Text("dl"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, "/signin"), await browser.SubmitAsync("/signout"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.OpenAsync("/account")).Status);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Nobody_is_sent_to_another_site(string path)
    {
        using var browser = new Browser(app.GetTestServer());
        Assert.Equal(
            (HttpStatusCode.Redirect, "/"), await browser.SignInAsync("liufang", Password, $"/signin?return={Uri.EscapeDataString(path)}"));
    }

    [Fact]
    public async Task A_form_without_its_token_does_nothing()
    {
        using var browser = new Browser(app.GetTestServer());
        var fields = new Dictionary<string, string> { ["_handler"] = "password", ["name"] = "liufang", ["password"] = Password };

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/signin", fields)).Status);
        await browser.SignInAsync("liufang", Password);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/signout", [])).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/account")).Status);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_read_the_same_and_the_lock_says_until_when()
    {
        using var browser = new Browser(app.GetTestServer());
        for (var i = 0; i < Account.MostFailures; i++)
        {
            await browser.SignInAsync("liufang", "wrong password");
            var known = browser.Text("[role=alert]");
            await browser.SignInAsync("nobody", "wrong password");
            Assert.NotEmpty(known);
            Assert.Equal(known, browser.Text("[role=alert]"));
        }

        var until = TimeZoneInfo.ConvertTime(clock.GetUtcNow() + Account.LockedFor, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        Assert.Contains(until.ToString("yyyy-MM-dd HH:mm", null), browser.Text("[role=alert]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ending_the_other_sessions_signs_them_out_at_once()
    {
        using var here = new Browser(app.GetTestServer());
        using var there = new Browser(app.GetTestServer());
        await here.SignInAsync("liufang", Password);
        await there.SignInAsync("liufang", Password);
        await there.OpenAsync("/account");
        await here.OpenAsync("/account");

        await here.SubmitAsync("end", ("session", "others"));

        Assert.Equal(HttpStatusCode.Redirect, (await there.OpenAsync("/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await here.OpenAsync("/account")).Status);
    }

    [Fact]
    public async Task A_disabled_account_is_signed_out_and_stays_out()
    {
        using var browser = new Browser(app.GetTestServer());
        await browser.SignInAsync("liufang", Password);
        await browser.OpenAsync("/account");

        await InAsync((DisableAccount disable) => disable.RunAsync(liufang.Id, Setup, Ct));

        Assert.Equal(HttpStatusCode.Redirect, (await browser.OpenAsync("/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.SignInAsync("liufang", Password)).Status);
        Assert.NotEmpty(browser.Text("[role=alert]"));
    }

    [Fact]
    public async Task An_authenticator_is_bound_on_the_page_and_asked_for_at_the_next_sign_in()
    {
        using var browser = new Browser(app.GetTestServer());
        await browser.SignInAsync("liufang", Password);
        await browser.OpenAsync("/account/totp");
        var key = Totp.FromText(browser.Text("[data-key]").Replace(" ", "", StringComparison.Ordinal))!;
        await browser.SubmitAsync("bind", ("code", Totp.Code(key, Totp.StepAt(clock.GetUtcNow()))));
        Assert.Equal(10, browser.Page.QuerySelectorAll("[data-recovery] li").Length);
        clock.Advance(TimeSpan.FromMinutes(2));

        using var other = new Browser(app.GetTestServer());
        var (status, next) = await other.SignInAsync("liufang", Password, "/signin?return=%2Faccount");
        Assert.Equal((HttpStatusCode.Redirect, "/signin/code?return=%2Faccount"), (status, next));
        Assert.Equal(HttpStatusCode.Redirect, (await other.OpenAsync("/account")).Status); // the password alone opens nothing
        await other.OpenAsync(next!);
        await other.SubmitAsync("code", ("code", "not it"));
        Assert.NotEmpty(other.Text("[role=alert]"));
        Assert.Equal(
            (HttpStatusCode.Redirect, "/account"), await other.SubmitAsync("code", ("code", Totp.Code(key, Totp.StepAt(clock.GetUtcNow())))));
        Assert.Equal(HttpStatusCode.OK, (await other.OpenAsync("/account")).Status);
    }

    [Fact]
    public async Task New_recovery_codes_are_taken_on_the_page_and_a_wrong_password_is_said_beside_its_field()
    {
        using var browser = new Browser(app.GetTestServer());
        await browser.SignInAsync("liufang", Password);
        await browser.OpenAsync("/account/totp");
        var key = Totp.FromText(browser.Text("[data-key]").Replace(" ", "", StringComparison.Ordinal))!;
        await browser.SubmitAsync("bind", ("code", Totp.Code(key, Totp.StepAt(clock.GetUtcNow()))));
        var old = Codes();
        await browser.OpenAsync("/account/totp");

        await browser.SubmitAsync("renew", ("password-renew", "not it"));
        Assert.Equal(("当前密码不对。", ""), (browser.Text("#password-renew-e"), browser.Text("#password-e")));
        await browser.SubmitAsync("renew", ("password-renew", Password));

        Assert.Equal("已更换恢复码，原来的全部作废。", browser.Text(".note-ok"));
        Assert.Equal(10, Codes().Except(old).Count());

        List<string> Codes() => [.. browser.Page.QuerySelectorAll("[data-recovery] li").Select(code => code.TextContent)];
    }

    [Fact]
    public async Task The_page_of_an_account_tells_its_history_and_when_its_owner_is_gone()
    {
        using var admin = new Browser(app.GetTestServer());
        await admin.SignInAsync("zhoumin", Password);
        var page = $"/admin/accounts/{liufang.Id}";
        var unit = await InAsync((Db db) => db.Units().SingleAsync(Ct));
        await admin.OpenAsync(page);
        await admin.SubmitAsync("give", ("role", "Leader"), ("unit", $"{unit.Id}"), ("from", ""), ("to", ""));
        var duty = await InAsync((Db db) => db.DutiesOf(liufang.Id).SingleAsync(Ct));
        await admin.OpenAsync(page);
        await admin.SubmitAsync("end", ("duty", $"{duty.Id}"));
        await admin.OpenAsync(page);
        await admin.SubmitAsync("reset");
        Assert.Equal("重置密码", Lines()[0]); // on the answer that shows the password too
        await admin.OpenAsync(page);
        await admin.SubmitAsync("disable", ("to", "disable"));
        await admin.OpenAsync(page);
        await admin.SubmitAsync("disable", ("to", "enable"));

        await admin.OpenAsync(page);
        Assert.Equal(["恢复账号", "停用账号", "重置密码", "结束职责", "增加职责", "开通账号"], Lines());
        var entries = admin.Page.QuerySelectorAll(".hist > li").Select(entry => entry.TextContent).ToList();
        Assert.All(entries.Take(5), entry => Assert.Contains("Person Two", entry, StringComparison.Ordinal)); // who did it
        Assert.Contains("领导（Region）", entries[3], StringComparison.Ordinal);
        Assert.Contains("领导", entries[4], StringComparison.Ordinal);
        Assert.Contains("liufang", entries[5], StringComparison.Ordinal);
        Assert.DoesNotContain("•••", admin.Text(".hist"), StringComparison.Ordinal);

        await admin.OpenAsync($"/people/{liufang.PersonId}/remove");
        await admin.PostAsync(admin.Path, admin.Page.Forms.Last(form => form.QuerySelector("input[name=_handler]") is not null)
            .QuerySelectorAll("input[type=hidden]").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? "")));
        await admin.OpenAsync("/admin/accounts");
        Assert.Contains("已停用，本人已从名册中删除", admin.Page.QuerySelectorAll("table")[^1].TextContent, StringComparison.Ordinal);
        await admin.OpenAsync(page);
        Assert.Equal("停用账号", Lines()[0]);
        Assert.DoesNotContain(admin.Page.QuerySelectorAll("input[name=_handler]"), form => form.GetAttribute("value") is "give" or "reset" or "disable");

        List<string> Lines() => [.. admin.Page.QuerySelectorAll(".hist .line span:first-child").Select(line => line.TextContent)];
    }

    [Fact]
    public async Task An_administrator_creates_an_account_whose_owner_must_choose_a_password_first()
    {
        var person = Person.Create(null, (await InAsync((Db db) => db.Units().SingleAsync(Ct))).Id, "Person Three", "");
        await InAsync((IServiceProvider services) =>
        {
            services.GetRequiredService<Db>().Add(person);
            return services.GetRequiredService<JournalWriter>().CommitAsync(
                new Put { Subject = person.Id, By = Setup, At = DateTimeOffset.UnixEpoch }, Ct);
        });
        using var admin = new Browser(app.GetTestServer());
        using var owner = new Browser(app.GetTestServer());
        await admin.SignInAsync("zhoumin", Password);
        await admin.OpenAsync($"/admin/accounts/new?person={person.Id}");
        await admin.SubmitAsync("create", ("name", "wangwei"));
        var once = admin.Text("[data-once]");

        Assert.Equal((HttpStatusCode.Redirect, "/account/password"), await owner.SignInAsync("wangwei", once));
        Assert.Equal((HttpStatusCode.Redirect, "/account/password"), await owner.OpenAsync("/account"));
        await owner.OpenAsync("/account/password");
        await owner.SubmitAsync("change", ("old", once), ("new", "my quiet river"), ("again", "my quiet river"));
        Assert.Equal(HttpStatusCode.OK, (await owner.OpenAsync("/account")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.OpenAsync("/admin/accounts")).Status);
        Assert.Equal(HttpStatusCode.OK, (await admin.OpenAsync("/admin/accounts?find=wangwei")).Status);
        Assert.Contains("Person Three", admin.Text("table"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_reach_the_sign_in_page_health_and_the_files_of_pages_and_nothing_else()
    {
        using var stranger = new Browser(app.GetTestServer());
        foreach (var open in new[] { "/signin", "/health", "/rectify.css", "/js/passkey.js" })
        {
            Assert.Equal(HttpStatusCode.OK, (await stranger.OpenAsync(open)).Status);
        }

        foreach (var closed in new[] { "/account", "/account/password", "/account/totp", "/admin/accounts", $"/admin/accounts/{liufang.Id}" })
        {
            Assert.Equal(HttpStatusCode.Redirect, (await stranger.OpenAsync(closed)).Status);
        }
    }

    private async Task InAsync<TService>(Func<TService, Task> act) where TService : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private async Task<TResult> InAsync<TService, TResult>(Func<TService, Task<TResult>> act) where TService : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
