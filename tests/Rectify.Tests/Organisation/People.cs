using Microsoft.Extensions.DependencyInjection;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Identity;
using Rectify.Platform.Journal;

namespace Rectify.Tests.Organisation;

/// <summary>Units, people and accounts for tests.</summary>
internal static class People
{
    public const string Password = "a quiet river 42";

    public static readonly Actor Setup = Actor.System("setup");

    private sealed record Put : Fact
    {
        public override string Kind => "test.put";
    }

    /// <summary>Saves rows that the test needs, as one act of the system.</summary>
    public static Task HaveAsync(this World world, params object[] rows) => world.InAsync((IServiceProvider services) =>
    {
        services.GetRequiredService<Db>().AddRange(rows);
        return services.GetRequiredService<JournalWriter>().CommitAsync(
            new Put { Subject = Guid.CreateVersion7(), By = Setup, At = world.Clock.NowMs }, Ct);
    });

    public static async Task<Unit> HaveUnitAsync(this World world, string code, Unit? parent = null)
    {
        var unit = Unit.Create(new UnitDetails(code, $"Unit {code}", UnitKind.Department), parent);
        await world.HaveAsync(unit);
        return unit;
    }

    /// <summary>A person of the unit with an account whose password is <see cref="Password"/>.</summary>
    public static async Task<Account> HaveAccountAsync(this World world, Unit unit, string name)
    {
        var person = Person.Create(null, unit.Id, $"Person {name}", "clerk");
        await world.HaveAsync(person);
        return await world.InAsync((CreateAccount create) => create.WithPasswordAsync(person.Id, name, Password, Setup, Ct));
    }

    /// <summary>An account that has a role at its own unit.</summary>
    public static async Task<Account> HaveAccountAsync(this World world, Unit unit, string name, Role role)
    {
        var account = await world.HaveAccountAsync(unit, name);
        await world.InAsync((GiveDuty give) => give.RunAsync(account.Id, role, unit.Id, null, null, Setup, Ct));
        return account;
    }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;
}
