using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rectify.Notifications;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Tests.Dispatch;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Notifications;

/// <summary>Mail through a real SMTP server: what is sent, when, and that nothing is sent twice.</summary>
public sealed class MailTests : IDisposable
{
    private static readonly DateOnly March = new(2026, 3, 10);

    private readonly SmtpServer server = SmtpServer.Start();

    public void Dispose() => server.Dispose();

    [Theory, EveryDatabase]
    public async Task A_code_confirms_the_address_and_five_wrong_ones_void_it(string database)
    {
        await using var world = await WorldAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        var by = reporting.People["c1"].Actor;
        Assert.Equal("mail.address", (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((TellMe tell) => tell.TakeAddressAsync("nobody", "zh-CN", by, Ct)))).Code);
        await world.InAsync((TellMe tell) => tell.TakeAddressAsync("c1@example.org", "zh-CN", by, Ct));
        Assert.Equal("mail.code-wait", (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((TellMe tell) => tell.TakeAddressAsync("other@example.org", "zh-CN", by, Ct)))).Code);
        await SendAsync(world);
        var code = Code();
        Assert.Equal(6, code.Length);
        var wrong = code == "000000" ? "000001" : "000000";
        for (var i = 0; i < NoticeSettings.MostTries; i++)
        {
            Assert.Equal("mail.code", (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((TellMe tell) => tell.ConfirmAsync(wrong, by, Ct)))).Code);
        }

        Assert.Equal("mail.code-void", (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((TellMe tell) => tell.ConfirmAsync(code, by, Ct)))).Code);
        await ConfirmedAsync(world, by, "c1@example.org");
        Assert.True((await world.InAsync((TellMe tell) => tell.OfAsync(by, Ct))).HasAddress);
        await world.InAsync(async (Db db) => Assert.DoesNotContain(
            await db.Journal.Select(row => row.Body).ToListAsync(Ct), body => System.Text.Encoding.UTF8.GetString(body).Contains("example.org", StringComparison.Ordinal)));
    }

    [Theory, EveryDatabase]
    public async Task A_code_holds_for_a_day(string database)
    {
        await using var world = await WorldAsync(database);
        var by = (await Reporting.HaveAsync(world)).People["c1"].Actor;
        await world.InAsync((TellMe tell) => tell.TakeAddressAsync("c1@example.org", "zh-CN", by, Ct));
        await SendAsync(world);
        world.Clock.Advance(NoticeSettings.CodeLife + TimeSpan.FromSeconds(1));

        Assert.Equal("mail.code-void", (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((TellMe tell) => tell.ConfirmAsync(Code(), by, Ct)))).Code);
    }

    [Theory, EveryDatabase]
    public async Task One_digest_a_day_tells_what_is_new_and_only_to_whoever_wants_it(string database)
    {
        await using var world = await WorldAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        await ConfirmedAsync(world, reporting.People["c1"].Actor, "c1@example.org");
        await ConfirmedAsync(world, reporting.People["c1b"].Actor, "c1b@example.org");
        await world.InAsync((TellMe tell) => tell.ChooseAsync(Enum.GetValues<NoticeKind>().ToDictionary(kind => kind, _ => Delivery.Inbox), "zh-CN", reporting.People["c1b"].Actor, Ct));
        await reporting.OpenAsync(world, March);
        await world.FollowAsync();
        await world.RemindAsync();
        var before = server.Mails.Count;
        At(world, 7);
        await DigestAsync(world);
        Assert.Equal(before, server.Mails.Count); // not before the hour
        At(world, 8);
        for (var i = 0; i < 5; i++)
        {
            await DigestAsync(world);
        }

        var mail = Assert.Single(server.Mails.Skip(before));
        Assert.Equal("c1@example.org", mail.To.Mailboxes.Single().Address);
        Assert.Contains("第1项", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://zg.example.org/returns/", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://zg.example.org/items/", mail.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("three plants run", mail.TextBody, StringComparison.Ordinal); // titles only
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);

        reporting.Today(world, new(2026, 3, 30)); // slept over the weekend
        await world.RemindAsync();
        At(world, 10);
        await DigestAsync(world);
        await DigestAsync(world);
        Assert.Equal(before + 2, server.Mails.Count);
    }

    [Theory, EveryDatabase]
    public async Task What_is_urgent_is_mailed_at_once_in_the_reader_s_language_and_once(string database)
    {
        await using var world = await WorldAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        var round = await reporting.OpenAsync(world, March);
        await ConfirmedAsync(world, reporting.People["c1"].Actor, "c1@example.org", "en");
        await reporting.FillAsync(world, round, "C1", 10);
        await reporting.SubmitAsync(world, round, "C1");
        await reporting.DecideAsync(world, round, "C1", ReturnActs.Back, "p1", "secret remark");
        var before = server.Mails.Count;
        await world.FollowAsync();
        await SendAsync(world);
        await world.ForgetCursorAsync();
        await world.FollowAsync();
        await SendAsync(world);

        var mail = Assert.Single(server.Mails.Skip(before));
        Assert.Contains("[Sent back] Unit C1", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("secret remark", mail.TextBody, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Nothing_left_to_tell_is_not_sent(string database)
    {
        await using var world = await WorldAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        await reporting.OpenAsync(world, March);
        await ConfirmedAsync(world, reporting.People["c1"].Actor, "c1@example.org");
        await world.FollowAsync();
        At(world, 9);
        await world.InAsync((MakeDigests make) => make.RunAsync(Ct));
        var account = Guid.ParseExact(reporting.People["c1"].Actor.Id, "N");
        var duty = await world.InAsync((Db db) => db.DutiesOf(account).SingleAsync(Ct));
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.InAsync((EndDuty end) => end.RunAsync(duty.Id, null, Setup, Ct));
        var before = server.Mails.Count;
        await SendAsync(world);

        Assert.Equal(before, server.Mails.Count);
        Assert.Equal(MailState.Dropped, (await LastAsync(world)).State);
    }

    [Theory, EveryDatabase]
    public async Task What_did_not_arrive_is_tried_again_ever_more_slowly_and_given_up_at_last(string database)
    {
        await using var world = await WorldAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        var mail = await HaveAsync(world, reporting, "busy");
        for (var i = 1; i <= MailMessage.MostAttempts; i++)
        {
            await SendAsync(world);
            await SendAsync(world); // not before its time
            mail = await OneAsync(world, mail.Id);
            Assert.Equal(i, mail.Attempts);
            Assert.Equal(i, server.Events("busy").Count);
            world.Clock.Advance(TimeSpan.FromHours(8));
        }

        Assert.Equal((MailState.Failed, "451 RecipientNotAccepted"), (mail.State, mail.Error));
        await SendAsync(world);
        Assert.Equal(MailMessage.MostAttempts, server.Events("busy").Count);
    }

    [Theory, EveryDatabase]
    public async Task What_is_refused_for_good_is_shown_to_administrators_and_not_tried_again(string database)
    {
        await using var world = await WorldAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        var mail = await HaveAsync(world, reporting, "gone");
        await SendAsync(world);
        world.Clock.Advance(TimeSpan.FromDays(1));
        await SendAsync(world);

        Assert.Single(server.Events("refused"));
        var office = await world.AccessAsync(reporting.Office);
        var stuck = Assert.Single((await world.InAsync((MailDesk desk) => desk.ReadAsync(office, Ct))).Problems);
        Assert.Equal((mail.Id, MailState.Failed, "550 RecipientNotAccepted"), (stuck.Id, stuck.State, stuck.Error));
        var c1 = await world.AccessAsync(reporting.People["c1"]);
        Assert.Equal(403, (await Assert.ThrowsAsync<Refusal>(() => world.InAsync((MailDesk desk) => desk.ReadAsync(c1, Ct)))).Status);
    }

    [Theory, EveryDatabase]
    public async Task A_line_cut_before_the_mail_was_handed_over_is_tried_again(string database)
    {
        await using var world = await WorldAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        var mail = await HaveAsync(world, reporting, "early");
        await SendAsync(world);

        mail = await OneAsync(world, mail.Id);
        Assert.Equal((MailState.Queued, 1), (mail.State, mail.Attempts));
    }

    [Theory, EveryDatabase]
    public async Task A_line_cut_after_the_mail_was_handed_over_leaves_it_in_doubt_and_unsent_until_someone_decides(string database)
    {
        await using var world = await WorldAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        var mail = await HaveAsync(world, reporting, "cut");
        var before = server.Mails.Count;
        await SendAsync(world);
        Assert.Equal(MailState.InDoubt, (await OneAsync(world, mail.Id)).State);
        for (var i = 0; i < 5; i++)
        {
            world.Clock.Advance(TimeSpan.FromHours(12));
            await SendAsync(world);
        }

        Assert.Single(server.Mails.Skip(before));
        var office = await world.AccessAsync(reporting.Office);
        await world.InAsync((MailDesk desk) => desk.SendAgainAsync(mail.Id, office, Ct));
        await SendAsync(world);
        Assert.Equal(2, server.Mails.Count - before);
        Assert.Single(server.Mails.Skip(before).Select(one => one.MessageId).Distinct()); // a server that has it drops the double
    }

    [Theory, EveryDatabase]
    public async Task A_claim_is_left_alone_while_it_is_young_and_then_in_doubt(string database)
    {
        await using var world = await WorldAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        var mail = await HaveAsync(world, reporting, "c1");
        await world.InAsync(async (IServiceProvider services) =>
        {
            var row = await services.GetRequiredService<Db>().Mails().SingleAsync(one => one.Id == mail.Id, Ct);
            row.Claim(world.Clock.NowMs); // a server that died right after its claim was saved
            await services.GetRequiredService<JournalWriter>().SaveBookkeepingAsync(Ct);
        });
        var before = server.Mails.Count;
        world.Clock.Advance(TimeSpan.FromMinutes(9));
        await SendAsync(world);
        Assert.Equal(MailState.Sending, (await OneAsync(world, mail.Id)).State);
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await SendAsync(world);
        Assert.Equal(MailState.InDoubt, (await OneAsync(world, mail.Id)).State);
        Assert.Equal(before, server.Mails.Count);
    }

    [Theory, EveryDatabase]
    public async Task Of_servers_that_send_at_the_same_moment_one_sends(string database)
    {
        await using var world = await WorldAsync(database);
        var reporting = await Reporting.HaveAsync(world);
        List<MailMessage> mails = [];
        foreach (var who in new[] { "c1", "c2", "d1", "p1" })
        {
            mails.Add(await HaveAsync(world, reporting, who, who));
        }

        var before = server.Mails.Count;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(world)));

        Assert.Equal(mails.Select(mail => $"{mail.Id:N}@example.org").Order(), server.Mails.Skip(before).Select(mail => mail.MessageId).Order());
    }

    /// <summary>The program itself, killed while the mail server has the mail and has not answered.</summary>
    [Fact]
    public async Task Killed_between_handing_over_and_answer_the_mail_is_in_doubt_and_not_sent_again()
    {
        await ServeAsync("hold@example.org", Settings(), async (services, program) =>
        {
            server.Wait("mail");
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync(Ct);

            Assert.Equal(MailState.Sending, (await InAsync(services, (Db db) => db.Mails().AsNoTracking().SingleAsync(Ct))).State);
            ((Microsoft.Extensions.Time.Testing.FakeTimeProvider)services.GetRequiredService<TimeProvider>()).Advance(TimeSpan.FromMinutes(30));
            await InAsync(services, (SendMail send) => send.RunAsync(Ct));
            await InAsync(services, (SendMail send) => send.RunAsync(Ct));
            Assert.Equal(MailState.InDoubt, (await InAsync(services, (Db db) => db.Mails().AsNoTracking().SingleAsync(Ct))).State);
            Assert.Single(server.Mails);
        });
    }

    [Theory, EveryDatabase]
    public async Task Nothing_is_told_to_a_server_whose_certificate_nobody_vouches_for_or_that_has_none(string database)
    {
        using var certificate = Certificate.Make();
        using var secure = SmtpServer.Start(["--tls", certificate.File, certificate.Key, "--user", "zg", "secret"]);
        foreach (var (port, error) in new[] { (secure.Port, "SslHandshakeException"), (server.Port, "NotSupportedException") })
        {
            await using var world = await WorldAsync(database);
            await world.InAsync((IOptions<MailOptions> options) =>
            {
                (options.Value.Port, options.Value.Security, options.Value.User, options.Value.Password) = (port, MailSecurity.StartTls, "zg", "secret");
                return Task.CompletedTask;
            });
            var mail = await HaveAsync(world, await Reporting.HaveAsync(world), "kept");

            await SendAsync(world);

            mail = await OneAsync(world, mail.Id);
            Assert.Equal((MailState.Queued, 1, error), (mail.State, mail.Attempts, mail.Error));
        }

        Assert.Empty(secure.Events("signin"));
        Assert.Empty(secure.Mails.Concat(server.Mails));
    }

    [Theory, EveryDatabase]
    public async Task A_wrong_password_is_tried_again_later_and_the_right_one_signs_in(string database)
    {
        using var asking = SmtpServer.Start(["--user", "zg", "secret"]);
        await using var world = await WorldAsync(database);
        Task SetAsync(string password) => world.InAsync((IOptions<MailOptions> options) =>
        {
            (options.Value.Port, options.Value.User, options.Value.Password) = (asking.Port, "zg", password);
            return Task.CompletedTask;
        });
        await SetAsync("wrong");
        var mail = await HaveAsync(world, await Reporting.HaveAsync(world), "kept");

        await SendAsync(world);

        mail = await OneAsync(world, mail.Id);
        Assert.Equal((MailState.Queued, "AuthenticationException"), (mail.State, mail.Error));
        Assert.DoesNotContain(asking.Events("signin"), one => one.GetProperty("right").GetBoolean());
        await SetAsync("secret");
        world.Clock.Advance(TimeSpan.FromHours(8));
        await SendAsync(world);
        Assert.Equal(MailState.Sent, (await OneAsync(world, mail.Id)).State);
        Assert.Equal("zg", Assert.Single(asking.Events("mail")).GetProperty("user").GetString());
    }

    /// <summary>The program itself: what its machine trusts is read once, when it starts.</summary>
    [Fact]
    public async Task Over_STARTTLS_it_signs_in_and_sends_where_the_machine_trusts_the_certificate()
    {
        using var certificate = Certificate.Make();
        using var secure = SmtpServer.Start(["--tls", certificate.File, certificate.Key, "--user", "zg", "secret"]);
        var settings = Settings();
        (settings["Mail:Port"], settings["Mail:Security"], settings["Mail:User"], settings["Mail:Password"]) = ($"{secure.Port}", null, "zg", "secret"); // STARTTLS unless said
        settings["SSL_CERT_FILE"] = certificate.File;

        await ServeAsync("kept@example.org", settings, async (services, program) =>
        {
            var mail = secure.Wait("mail");
            Assert.Equal((true, "zg"), (mail.GetProperty("tls").GetBoolean(), mail.GetProperty("user").GetString()));
            MailState state;
            do
            {
                await Task.Delay(100, Ct); // the program writes down the answer
                state = (await InAsync(services, (Db db) => db.Mails().AsNoTracking().SingleAsync(Ct))).State;
            }
            while (state is MailState.Sending);
            Assert.Equal(MailState.Sent, state);
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync(Ct);
        });
        Assert.All(secure.Events("signin"), one => Assert.True(one.GetProperty("tls").GetBoolean() && one.GetProperty("right").GetBoolean()));
    }

    // Runs the program on a database where one mail waits.
    private static async Task ServeAsync(string address, Dictionary<string, string?> settings, Func<ServiceProvider, Process, Task> act)
    {
        var folder = Directory.CreateTempSubdirectory("rectify-killed").FullName;
        try
        {
            await using var services = Services($"Data Source={folder}/rectify.db");
            await InAsync(services, (Db db) => db.Database.MigrateAsync(Ct));
            await InAsync(services, async (IServiceProvider one) =>
            {
                var db = one.GetRequiredService<Db>();
                var unit = await one.GetRequiredService<CreateUnit>().RunAsync(new("R", "Unit R", UnitKind.Region), null, Access.OfSystem(Setup), Ct);
                var person = await one.GetRequiredService<CreatePerson>().RunAsync(new(null, unit.Id, "Person"), Access.OfSystem(Setup), Ct);
                var made = await one.GetRequiredService<CreateAccount>().WithPasswordAsync(person.Id, "someone", Password, Setup, Ct);
                var taken = NoticeSettings.Of(made.Id);
                taken.Take(address);
                db.Add(taken);
                db.Add(MailMessage.Create(made.Id, MailKind.Code, "code:1", one.GetRequiredService<TimeProvider>().NowMs));
                await one.GetRequiredService<JournalWriter>().CommitAsync(new NoticeSettingsChanged { Subject = made.Id, By = Setup, At = one.GetRequiredService<TimeProvider>().NowMs, Change = SettingsChange.AddressTaken }, Ct);
            });

            var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "rectify")) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in new[] { "serve", "--data", folder, "--urls", "http://127.0.0.1:0" })
            {
                start.ArgumentList.Add(argument);
            }

            foreach (var (name, value) in settings)
            {
                start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
            }

            using var program = Process.Start(start)!;
            var heard = Task.WhenAll(program.StandardOutput.ReadToEndAsync(Ct), program.StandardError.ReadToEndAsync(Ct));
            try
            {
                await act(services, program);
            }
            finally
            {
                program.Kill(entireProcessTree: true);
            }

            await heard;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A certificate for this machine that it signed itself.</summary>
    private sealed class Certificate(DirectoryInfo folder) : IDisposable
    {
        public string File => Path.Combine(folder.FullName, "certificate.pem");

        public string Key => Path.Combine(folder.FullName, "key.pem");

        public static Certificate Make()
        {
            var made = new Certificate(Directory.CreateTempSubdirectory("rectify-certificate"));
            using var openssl = Process.Start(new ProcessStartInfo(
                "openssl",
                ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", made.Key, "-out", made.File, "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"])
            { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var said = openssl.StandardError.ReadToEnd();
            openssl.WaitForExit();
            return openssl.ExitCode == 0 ? made : throw new InvalidOperationException(said);
        }

        public void Dispose() => folder.Delete(recursive: true);
    }

    private static class ReturnActs
    {
        public const Rectify.Dispatch.ReturnAct Back = Rectify.Dispatch.ReturnAct.SendBack;
    }

    private Dictionary<string, string?> Settings() => new()
    {
        ["Mail:Host"] = "127.0.0.1",
        ["Mail:Port"] = server.Port.ToString(CultureInfo.InvariantCulture),
        ["Mail:Security"] = "None",
        ["Mail:From"] = "zg@example.org",
        ["Mail:Site"] = "https://zg.example.org",
        ["Mail:AnswerSeconds"] = "30",
    };

    private async Task<World> WorldAsync(string database)
    {
        var world = await World.CreateAsync(database);
        await world.InAsync((IOptions<MailOptions> options) =>
        {
            var mail = options.Value;
            (mail.Host, mail.Port, mail.Security, mail.From, mail.Site, mail.AnswerSeconds) = ("127.0.0.1", server.Port, MailSecurity.None, "zg@example.org", "https://zg.example.org", 30);
            return Task.CompletedTask;
        });
        return world;
    }

    private static ServiceProvider Services(string connection)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build());
        services.AddDatabase(connection);
        services.AddScoped<JournalWriter>();
        Rectify.Platform.Identity.IdentityRoom.AddAccounts(services);
        Rectify.Platform.Text.TextRoom.AddText(services);
        services.AddOrganisation();
        services.AddNotifications();
        services.Configure<MailOptions>(mail => (mail.Host, mail.Port, mail.Security, mail.From, mail.Site) = ("127.0.0.1", 1, MailSecurity.None, "zg@example.org", "https://zg.example.org"));
        services.AddSingleton<TimeProvider>(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        return services.BuildServiceProvider();
    }

    private static async Task<TResult> InAsync<TService, TResult>(ServiceProvider services, Func<TService, Task<TResult>> act) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private static async Task InAsync<TService>(ServiceProvider services, Func<TService, Task> act) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private static Task SendAsync(World world) => world.InAsync((SendMail send) => send.RunAsync(Ct));

    private static async Task DigestAsync(World world)
    {
        await world.InAsync((MakeDigests make) => make.RunAsync(Ct));
        await SendAsync(world);
    }

    // The clock of a world has no zone of its own: its hours are UTC.
    private static void At(World world, int hour) => world.Clock.AdjustTime(new(world.Clock.GetUtcNow().Date.AddHours(hour), TimeSpan.Zero));

    private string Code() => System.Text.RegularExpressions.Regex.Match(server.Mails[^1].TextBody ?? "", @"\d{6}").Value;

    private async Task ConfirmedAsync(World world, Actor by, string address, string language = "zh-CN")
    {
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.InAsync((TellMe tell) => tell.TakeAddressAsync(address, language, by, Ct));
        await SendAsync(world);
        await world.InAsync((TellMe tell) => tell.ConfirmAsync(Code(), by, Ct));
    }

    // A code to an address whose name says how the server treats it.
    private static async Task<MailMessage> HaveAsync(World world, Reporting reporting, string name, string who = "c1")
    {
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.InAsync((TellMe tell) => tell.TakeAddressAsync($"{name}@example.org", "zh-CN", reporting.People[who].Actor, Ct));
        return await LastAsync(world);
    }

    private static Task<MailMessage> LastAsync(World world) => world.InAsync((Db db) => db.Mails().AsNoTracking().OrderByDescending(mail => mail.MadeAt).ThenByDescending(mail => mail.Id).FirstAsync(Ct));

    private static Task<MailMessage> OneAsync(World world, Guid id) => world.InAsync((Db db) => db.Mails().AsNoTracking().SingleAsync(mail => mail.Id == id, Ct));
}
