using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Tests.Organisation;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Platform.Identity;

public sealed class SignInTests
{
    private static readonly Visitor Here = new("192.0.2.7", "Chrome, Windows");

    [Theory, EveryDatabase]
    public async Task The_right_password_opens_a_session_and_journals_nothing(string database)
    {
        await using var world = await World.CreateAsync(database);
        var account = await world.HaveAccountAsync(await world.HaveUnitAsync("R"), "liufang");
        var before = await world.InAsync((Db db) => db.Journal.CountAsync(Ct));

        var answer = await TryAsync(world, "LIUFANG ", Password);

        var session = Assert.IsType<SignInAnswer.SignedIn>(answer).Session;
        Assert.Equal(("192.0.2.7", "Chrome, Windows", "password"), (session.Address, session.Device, session.Method));
        Assert.Equal(session.Id, await world.InAsync((Db db) => db.SessionsOf(account.Id).Select(s => s.Id).SingleAsync(Ct)));
        Assert.Equal(before, await world.InAsync((Db db) => db.Journal.CountAsync(Ct)));
    }

    [Theory, EveryDatabase]
    public async Task A_name_that_nobody_has_is_answered_like_a_wrong_password_to_the_lock_and_beyond(string database)
    {
        await using var world = await World.CreateAsync(database);
        await world.HaveAccountAsync(await world.HaveUnitAsync("R"), "liufang");

        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(await TryAsync(world, "liufang", "wrong"), await TryAsync(world, "nobody", "wrong"));
            world.Clock.Advance(TimeSpan.FromMinutes(i == 7 ? 20 : 0.5));
        }
    }

    [Theory, EveryDatabase]
    public async Task Five_wrong_passwords_lock_for_a_quarter_of_an_hour_even_the_right_one(string database)
    {
        await using var world = await World.CreateAsync(database);
        await world.HaveAccountAsync(await world.HaveUnitAsync("R"), "liufang");
        for (var left = 4; left > 0; left--)
        {
            Assert.Equal(new SignInAnswer.Wrong(left), await TryAsync(world, "liufang", "wrong"));
        }

        var until = world.Clock.NowMs + TimeSpan.FromMinutes(15);
        Assert.Equal(new SignInAnswer.Locked(until), await TryAsync(world, "liufang", "wrong"));
        world.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(new SignInAnswer.Locked(until), await TryAsync(world, "liufang", Password));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<SignInAnswer.SignedIn>(await TryAsync(world, "liufang", Password));
        Assert.Equal(new SignInAnswer.Wrong(4), await TryAsync(world, "liufang", "wrong"));
    }

    [Theory, EveryDatabase]
    public async Task Wrong_passwords_at_the_same_moment_all_count(string database)
    {
        await using var world = await World.CreateAsync(database);
        var account = await world.HaveAccountAsync(await world.HaveUnitAsync("R"), "liufang");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => TryAsync(world, "liufang", "wrong"), Ct)));

        Assert.Equal(4, await world.InAsync((Db db) =>
            db.Accounts().Where(a => a.Id == account.Id).Select(a => a.AccessFailedCount).SingleAsync(Ct)));
    }

    [Theory, EveryDatabase]
    public async Task A_code_is_asked_once_bound_and_is_good_for_once(string database)
    {
        await using var world = await World.CreateAsync(database);
        var account = await world.HaveAccountAsync(await world.HaveUnitAsync("R"), "liufang");
        var (key, _) = await BindAsync(world, account);
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        var code = Totp.Code(key, Totp.StepAt(world.Clock.NowMs));

        Assert.Equal(new SignInAnswer.CodeNeeded(account.Id), await TryAsync(world, "liufang", Password));
        var first = await CodeAsync(world, account, code);
        var second = await CodeAsync(world, account, code);

        Assert.Equal("password+totp", Assert.IsType<SignInAnswer.SignedIn>(first).Session.Method);
        Assert.IsType<SignInAnswer.Wrong>(second);
    }

    [Theory, EveryDatabase]
    public async Task The_password_buys_no_further_tries_at_the_code(string database)
    {
        await using var world = await World.CreateAsync(database);
        var account = await world.HaveAccountAsync(await world.HaveUnitAsync("R"), "liufang");
        await BindAsync(world, account);

        SignInAnswer last = new SignInAnswer.Disabled();
        for (var i = 0; i < Account.MostFailures; i++)
        {
            Assert.IsType<SignInAnswer.CodeNeeded>(await TryAsync(world, "liufang", Password));
            last = await CodeAsync(world, account, "xxxxxx");
        }

        Assert.IsType<SignInAnswer.Locked>(last);
        Assert.IsType<SignInAnswer.Locked>(await TryAsync(world, "liufang", Password));
    }

    [Theory, EveryDatabase]
    public async Task A_recovery_code_works_once_and_is_journalled(string database)
    {
        await using var world = await World.CreateAsync(database);
        var account = await world.HaveAccountAsync(await world.HaveUnitAsync("R"), "liufang");
        var (_, recovery) = await BindAsync(world, account);

        var first = await CodeAsync(world, account, recovery[3].ToLowerInvariant());
        var again = await CodeAsync(world, account, recovery[3]);
        var other = await CodeAsync(world, account, recovery[4]);

        Assert.IsType<SignInAnswer.SignedIn>(first);
        Assert.IsType<SignInAnswer.Wrong>(again);
        Assert.IsType<SignInAnswer.SignedIn>(other);
        Assert.Equal(2, await world.InAsync((Db db) => db.Journal.CountAsync(row => row.Kind == "account.recovery-code-used", Ct)));
    }

    [Theory, EveryDatabase]
    public async Task New_recovery_codes_ask_for_the_password_and_void_the_old_ones_at_once(string database)
    {
        await using var world = await World.CreateAsync(database);
        var account = await world.HaveAccountAsync(await world.HaveUnitAsync("R"), "liufang");
        var (_, old) = await BindAsync(world, account);
        await CodeAsync(world, account, old[0]);

        var no = await Assert.ThrowsAsync<Refusal>(() => world.InAsync((RenewRecoveryCodes renew) => renew.RunAsync("wrong", account.Actor, Ct)));
        Assert.Equal(("password.wrong", 9), (no.Code, await LeftAsync()));
        var renewed = await world.InAsync((RenewRecoveryCodes renew) => renew.RunAsync(Password, account.Actor, Ct));

        Assert.Equal((10, 10), (renewed.Distinct().Count(), await LeftAsync()));
        Assert.Empty(renewed.Intersect(old));
        Assert.IsType<SignInAnswer.Wrong>(await CodeAsync(world, account, old[1]));
        Assert.IsType<SignInAnswer.SignedIn>(await CodeAsync(world, account, renewed[1]));
        Assert.Equal(1, await world.InAsync((Db db) => db.Journal.CountAsync(row => row.Kind == "account.recovery-codes-renewed" && row.By == account.Actor, Ct)));

        Task<int> LeftAsync() => world.InAsync((RenewRecoveryCodes renew) => renew.LeftAsync(account.Actor, Ct));
    }

    [Theory, EveryDatabase]
    public async Task New_recovery_codes_need_an_authenticator(string database)
    {
        await using var world = await World.CreateAsync(database);
        var account = await world.HaveAccountAsync(await world.HaveUnitAsync("R"), "liufang");

        var no = await Assert.ThrowsAsync<Refusal>(() => world.InAsync((RenewRecoveryCodes renew) => renew.RunAsync(Password, account.Actor, Ct)));

        Assert.Equal("totp.unbound", no.Code);
    }

    [Theory, EveryDatabase]
    public async Task Unbinding_asks_for_the_password_and_ends_the_codes(string database)
    {
        await using var world = await World.CreateAsync(database);
        var account = await world.HaveAccountAsync(await world.HaveUnitAsync("R"), "liufang");
        await BindAsync(world, account);

        var no = await Assert.ThrowsAsync<Refusal>(() =>
            world.InAsync((DisableTotp disable) => disable.RunAsync("wrong", account.Actor, Ct)));
        await world.InAsync((DisableTotp disable) => disable.RunAsync(Password, account.Actor, Ct));

        Assert.Equal("password.wrong", no.Code);
        Assert.IsType<SignInAnswer.SignedIn>(await TryAsync(world, "liufang", Password));
    }

    [Theory, EveryDatabase]
    public async Task A_new_password_ends_the_other_sessions_and_the_old_password(string database)
    {
        await using var world = await World.CreateAsync(database);
        var account = await world.HaveAccountAsync(await world.HaveUnitAsync("R"), "liufang");
        var here = ((SignInAnswer.SignedIn)await TryAsync(world, "liufang", Password)).Session;
        await TryAsync(world, "liufang", Password);

        await world.InAsync((ChangePassword change) => change.RunAsync(Password, "another quiet river", here.Id, account.Actor, Ct));

        Assert.Equal([here.Id], await world.InAsync((Db db) =>
            db.SessionsOf(account.Id).Where(s => s.EndedAt == null).Select(s => s.Id).ToListAsync(Ct)));
        Assert.IsType<SignInAnswer.Wrong>(await TryAsync(world, "liufang", Password));
        Assert.IsType<SignInAnswer.SignedIn>(await TryAsync(world, "liufang", "another quiet river"));
    }

    [Theory, EveryDatabase]
    public async Task One_ends_ones_own_sessions_and_nobody_elses(string database)
    {
        await using var world = await World.CreateAsync(database);
        var unit = await world.HaveUnitAsync("R");
        var (mine, other) = (await world.HaveAccountAsync(unit, "liufang"), await world.HaveAccountAsync(unit, "zhoumin"));
        var session = ((SignInAnswer.SignedIn)await TryAsync(world, "liufang", Password)).Session;

        var no = await Assert.ThrowsAsync<Refusal>(() => world.InAsync((EndSession end) => end.RunAsync(session.Id, other.Actor, Ct)));
        await world.InAsync((EndSession end) => end.RunAsync(session.Id, mine.Actor, Ct));

        Assert.Equal("session.not-found", no.Code);
        Assert.Equal(world.Clock.NowMs, await world.InAsync((Db db) =>
            db.SessionsOf(mine.Id).Select(s => s.EndedAt).SingleAsync(Ct)));
    }

    [Theory, EveryDatabase]
    public async Task Sessions_end_by_age_and_are_forgotten_after_three_years(string database)
    {
        await using var world = await World.CreateAsync(database);
        var account = await world.HaveAccountAsync(await world.HaveUnitAsync("R"), "liufang");
        await TryAsync(world, "liufang", Password);
        world.Clock.Advance(TimeSpan.FromHours(13));

        var ended = await Job();
        var open = await world.InAsync((Db db) => db.SessionsOf(account.Id).CountAsync(s => s.EndedAt == null, Ct));
        world.Clock.Advance(TimeSpan.FromDays(3 * 366));
        var forgotten = await Job();

        Assert.Equal((1, 0, 1), (ended, open, forgotten));
        Assert.False(await world.InAsync((Db db) => db.SessionsOf(account.Id).AnyAsync(Ct)));

        Task<int> Job() => world.InAsync((IServiceProvider services) =>
            ActivatorUtilities.CreateInstance<EndIdleSessions>(services).RunAsync(Ct));
    }

    private static Task<SignInAnswer> TryAsync(World world, string name, string password) =>
        world.InAsync((SignIn signIn) => signIn.WithPasswordAsync(name, password, Here, Ct));

    private static Task<SignInAnswer> CodeAsync(World world, Account account, string code) =>
        world.InAsync((SignIn signIn) => signIn.WithCodeAsync(account.Id, code, Here, Ct));

    private static async Task<(byte[] Key, IReadOnlyList<string> Recovery)> BindAsync(World world, Account account)
    {
        var offer = await world.InAsync((EnableTotp totp) => totp.OfferAsync(account.Actor, Ct));
        var key = Totp.FromText(offer.Key.Replace(" ", "", StringComparison.Ordinal))!;
        var recovery = await world.InAsync((EnableTotp totp) =>
            totp.RunAsync(offer.Ticket, Totp.Code(key, Totp.StepAt(world.Clock.NowMs)), account.Actor, Ct));
        return (key, recovery);
    }
}
