using System.Text;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Organisation;

public sealed class AccountTests
{
    private static readonly Visitor Here = new("192.0.2.7", "Chrome, Windows");

    [Theory, EveryDatabase]
    public async Task An_administrator_creates_accounts_in_their_own_subtree_only(string database)
    {
        await using var world = await World.CreateAsync(database);
        var top = await world.HaveUnitAsync("R");
        var mine = await world.HaveUnitAsync("P1", top);
        var other = await world.HaveUnitAsync("P10", top);
        var admin = await world.HaveAccountAsync(mine, "liufang", Role.Administrator);
        var (near, far) = (Person.Create(null, mine.Id, "Near", ""), Person.Create(null, other.Id, "Far", ""));
        await world.HaveAsync(near, far);

        var (account, password) = await world.InAsync((CreateAccount create) => create.RunAsync(near.Id, "near.one", admin.Actor, Ct));
        var no = await Assert.ThrowsAsync<Refusal>(() =>
            world.InAsync((CreateAccount create) => create.RunAsync(far.Id, "far.one", admin.Actor, Ct)));

        Assert.Equal("person.not-found", no.Code);
        var answer = await world.InAsync((SignIn signIn) => signIn.WithPasswordAsync("near.one", password, Here, Ct));
        Assert.True(Assert.IsType<SignInAnswer.SignedIn>(answer).Account.MustChangePassword);
        Assert.Equal(near.Id, account.PersonId);
    }

    [Theory, EveryDatabase]
    public async Task Who_has_no_right_to_organise_finds_no_account(string database)
    {
        await using var world = await World.CreateAsync(database);
        var top = await world.HaveUnitAsync("R");
        var reader = await world.HaveAccountAsync(top, "zhoumin", Role.Leader);
        var other = await world.HaveAccountAsync(top, "liufang");

        Func<Task>[] acts =
        [
            () => world.InAsync((GiveDuty give) => give.RunAsync(other.Id, Role.Office, top.Id, null, null, reader.Actor, Ct)),
            () => world.InAsync((DisableAccount disable) => disable.RunAsync(other.Id, reader.Actor, Ct)),
            () => world.InAsync((ResetPassword reset) => reset.RunAsync(other.Id, reader.Actor, Ct)),
        ];

        foreach (var act in acts)
        {
            Assert.Equal("account.not-found", (await Assert.ThrowsAsync<Refusal>(act)).Code);
        }
    }

    [Theory, EveryDatabase]
    public async Task Nobody_gives_a_duty_to_themselves_or_takes_over_an_account_above_them(string database)
    {
        await using var world = await World.CreateAsync(database);
        var top = await world.HaveUnitAsync("R");
        var mine = await world.HaveUnitAsync("P1", top);
        var admin = await world.HaveAccountAsync(mine, "liufang", Role.Administrator);
        var above = await world.HaveAccountAsync(mine, "zhoumin");
        await world.InAsync((GiveDuty give) => give.RunAsync(above.Id, Role.Office, top.Id, null, null, Setup, Ct));

        var own = await Assert.ThrowsAsync<Refusal>(() => world.InAsync((GiveDuty give) =>
            give.RunAsync(admin.Id, Role.Office, mine.Id, null, null, admin.Actor, Ct)));
        var over = await Assert.ThrowsAsync<Refusal>(() => world.InAsync((ResetPassword reset) =>
            reset.RunAsync(above.Id, admin.Actor, Ct)));

        Assert.Equal("duty.own", own.Code);
        Assert.Equal("account.beyond", over.Code);
    }

    [Theory, EveryDatabase]
    public async Task A_disabled_account_is_out_at_once_and_comes_back(string database)
    {
        await using var world = await World.CreateAsync(database);
        var top = await world.HaveUnitAsync("R");
        var admin = await world.HaveAccountAsync(top, "zhoumin", Role.Administrator);
        var other = await world.HaveAccountAsync(top, "liufang");
        await world.InAsync((SignIn signIn) => signIn.WithPasswordAsync("liufang", Password, Here, Ct));

        await world.InAsync((DisableAccount disable) => disable.RunAsync(other.Id, admin.Actor, Ct));

        Assert.IsType<SignInAnswer.Disabled>(await world.InAsync((SignIn s) => s.WithPasswordAsync("liufang", Password, Here, Ct)));
        Assert.False(await world.InAsync((Db db) => db.SessionsOf(other.Id).AnyAsync(session => session.EndedAt == null, Ct)));
        await world.InAsync((DisableAccount disable) => disable.UndoAsync(other.Id, admin.Actor, Ct));
        Assert.IsType<SignInAnswer.SignedIn>(await world.InAsync((SignIn s) => s.WithPasswordAsync("liufang", Password, Here, Ct)));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_is_taken_off_the_list_is_out_by_the_same_act_and_stays_out(string database)
    {
        await using var world = await World.CreateAsync(database);
        var top = await world.HaveUnitAsync("R");
        var admin = await world.HaveAccountAsync(top, "zhoumin", Role.Administrator);
        var other = await world.HaveAccountAsync(top, "liufang", Role.Leader);
        await world.InAsync((SignIn signIn) => signIn.WithPasswordAsync("liufang", Password, Here, Ct));
        var by = await world.InAsync((Db db) => Reader.AccessOf(db, admin.Actor, world.Clock.Today, Ct));

        await world.InAsync((RemovePerson remove) => remove.RunAsync(other.PersonId!.Value, by, Ct));

        Assert.IsType<SignInAnswer.Disabled>(await world.InAsync((SignIn s) => s.WithPasswordAsync("liufang", Password, Here, Ct)));
        await world.InAsync(async (Db db) =>
        {
            Assert.False(await db.SessionsOf(other.Id).AnyAsync(session => session.EndedAt == null, Ct));
            var account = await db.Accounts().SingleAsync(a => a.Id == other.Id, Ct);
            Assert.Equal((null, true, "Person liufang"), (account.PersonId, account.Disabled, account.DisplayName));
            var removed = await db.Journal.SingleAsync(row => row.Kind == "person.removed", Ct);
            var disabled = await db.Journal.SingleAsync(row => row.Kind == "account.disabled", Ct);
            Assert.Equal((removed.EntryId, other.Id, admin.Actor), (disabled.Act, disabled.Subject, disabled.By));
        });
        var no = await Assert.ThrowsAsync<Refusal>(() => world.InAsync((DisableAccount disable) => disable.UndoAsync(other.Id, admin.Actor, Ct)));
        Assert.Equal("account.no-person", no.Code);
    }

    [Theory, EveryDatabase]
    public async Task Nobody_takes_off_the_list_themselves_or_whoever_acts_beyond_their_reach(string database)
    {
        await using var world = await World.CreateAsync(database);
        var top = await world.HaveUnitAsync("R");
        var mine = await world.HaveUnitAsync("P1", top);
        var admin = await world.HaveAccountAsync(mine, "zhoumin", Role.Administrator);
        var above = await world.HaveAccountAsync(mine, "liufang");
        await world.InAsync((GiveDuty give) => give.RunAsync(above.Id, Role.Office, top.Id, null, null, Setup, Ct));
        var by = await world.InAsync((Db db) => Reader.AccessOf(db, admin.Actor, world.Clock.Today, Ct));

        var own = await Assert.ThrowsAsync<Refusal>(() => world.InAsync((RemovePerson remove) => remove.RunAsync(admin.PersonId!.Value, by, Ct)));
        var beyond = await Assert.ThrowsAsync<Refusal>(() => world.InAsync((RemovePerson remove) => remove.RunAsync(above.PersonId!.Value, by, Ct)));

        Assert.Equal(("person.own", "account.beyond"), (own.Code, beyond.Code));
        Assert.Equal(2, await world.InAsync((Db db) => db.Accounts().CountAsync(a => !a.Disabled && a.PersonId != null, Ct)));
    }

    [Theory, EveryDatabase]
    public async Task An_ended_duty_gives_no_right_any_more(string database)
    {
        await using var world = await World.CreateAsync(database);
        var top = await world.HaveUnitAsync("R");
        var account = await world.HaveAccountAsync(top, "liufang", Role.Office);
        var duty = await world.InAsync((Db db) => db.DutiesOf(account.Id).SingleAsync(Ct));
        world.Clock.Advance(TimeSpan.FromDays(3));

        await world.InAsync((EndDuty end) => end.RunAsync(duty.Id, null, Setup, Ct));

        Assert.False((await world.InAsync((Db db) => Reader.AccessOf(db, account.Actor, world.Clock.Today, Ct))).Has(Right.Read));
        Assert.Equal(
            ["account.created", "account.duty-given", "account.duty-ended"],
            await world.InAsync((Db db) => db.EntriesAbout(account.Id).OrderBy(row => row.Id).Select(row => row.Kind).ToListAsync(Ct)));
    }

    [Theory, EveryDatabase]
    public async Task A_second_account_and_a_taken_name_are_refused(string database)
    {
        await using var world = await World.CreateAsync(database);
        var top = await world.HaveUnitAsync("R");
        var account = await world.HaveAccountAsync(top, "liufang");
        var other = Person.Create(null, top.Id, "Other", "");
        await world.HaveAsync(other);

        var second = await Assert.ThrowsAsync<Refusal>(() => world.InAsync((CreateAccount create) =>
            create.RunAsync(account.PersonId!.Value, "liufang2", Setup, Ct)));
        var taken = await Assert.ThrowsAsync<Refusal>(() => world.InAsync((CreateAccount create) =>
            create.RunAsync(other.Id, "LiuFang", Setup, Ct)));

        Assert.Equal(("account.exists", "account.name-taken"), (second.Code, taken.Code));
    }

    [Theory, EveryDatabase]
    public async Task Secrets_stand_neither_in_the_journal_nor_in_openings(string database)
    {
        await using var world = await World.CreateAsync(database);
        var top = await world.HaveUnitAsync("R");
        var account = await world.HaveAccountAsync(top, "liufang");
        var offer = await world.InAsync((EnableTotp totp) => totp.OfferAsync(account.Actor, Ct));
        var key = Totp.FromText(offer.Key.Replace(" ", "", StringComparison.Ordinal))!;
        var code = Totp.Code(key, Totp.StepAt(world.Clock.NowMs));
        var recovery = await world.InAsync((EnableTotp totp) => totp.RunAsync(offer.Ticket, code, account.Actor, Ct));
        await world.InAsync((ChangePassword change) => change.RunAsync(Password, "another quiet river", null, account.Actor, Ct));
        var reset = await world.InAsync((ResetPassword r) => r.RunAsync(account.Id, Setup, Ct));

        var (bodies, openings, hash) = await world.InAsync(async (Db db) => (
            await db.Journal.Select(row => row.Body).ToListAsync(Ct),
            await db.OpeningsOfAsync(account.Id, null, Ct),
            await db.Accounts().Where(a => a.Id == account.Id).Select(a => a.PasswordHash).SingleAsync(Ct)));

        var kept = string.Join('\n', [
            .. bodies.Select(Encoding.UTF8.GetString),
            .. openings.Select(opening => $"{opening.Field} {opening.Before} {opening.After}")]);
        string[] secrets = [Password, "another quiet river", reset, hash!, Totp.ToText(key), .. recovery];
        Assert.DoesNotContain(secrets, secret => kept.Contains(secret, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(openings, opening => opening is { Field: "PasswordHash", Before: "•••", After: "•••" });
        Assert.Contains(openings, opening => opening is { Record: "AccountToken", Field: "Value" });
        Assert.DoesNotContain("Person liufang", string.Join('\n', bodies.Select(Encoding.UTF8.GetString)), StringComparison.Ordinal);
    }
}
