using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tests.Organisation;
using Rectify.Tests.Plans;
using static Rectify.Tests.Organisation.People;
using static Rectify.Tests.Plans.Imports;

namespace Rectify.Tests.Platform;

/// <summary>People who do the same at the same moment: what one did stands, and the others are told so.</summary>
public sealed class WriteConflictTests
{
    private const int AtOnce = 6;

    [Theory, EveryDatabase]
    public async Task A_preview_confirmed_in_several_windows_at_once_becomes_one_version(string database)
    {
        await using var world = await World.CreateAsync(database);
        var office = await world.HaveProgrammeAsync();
        for (var round = 1; round <= 3; round++)
        {
            var preview = await world.HavePreviewAsync(office.By, ATask(round, $"task of round {round}"));

            var codes = await AllAtOnceAsync(_ => world.ConfirmAsync(preview, office.By));

            Assert.Equal(1, codes.Count(code => code is null));
            Assert.All(codes.OfType<string>(), code => Assert.Contains(code, new[] { "stale", "taken", "import.not-found", "import.same" }));
            Assert.Equal(round, await world.InAsync((Db db) => db.PlanVersionsFor(office.By, Right.Read).CountAsync(Ct)));
        }
    }

    [Theory, EveryDatabase]
    public async Task Of_several_next_versions_at_once_none_overwrites_another(string database)
    {
        await using var world = await World.CreateAsync(database);
        var office = await world.HaveProgrammeAsync();
        var previews = new List<(Guid Id, Access By)>();
        for (var i = 0; i < AtOnce; i++)
        {
            var by = await world.AccessAsync((await world.HaveAccountAsync(office.Region, $"office{i}", Role.Office)).Actor);
            previews.Add((await world.HavePreviewAsync(by, ATask(1, $"as person {i} reads it")), by));
        }

        var codes = await AllAtOnceAsync(i => world.ConfirmAsync(previews[i].Id, previews[i].By));

        Assert.All(codes.OfType<string>(), code => Assert.Contains(code, new[] { "stale", "taken" }));
        var numbers = await world.InAsync((Db db) => db.PlanVersionsFor(office.By, Right.Read).Select(v => v.No).Order().ToListAsync(Ct));
        Assert.Equal(Enumerable.Range(1, codes.Count(code => code is null)), numbers);
        Assert.Equal(AtOnce - numbers.Count, await CountPreviewsAsync(world, previews));
    }

    [Theory, EveryDatabase]
    public async Task One_name_taken_by_several_at_once_is_one_persons(string database)
    {
        await using var world = await World.CreateAsync(database);
        var top = await world.HaveUnitAsync("R");
        var people = Enumerable.Range(0, AtOnce).Select(i => Person.Create(null, top.Id, $"Person {i}", "")).ToArray();
        await world.HaveAsync([.. people]);

        var names = await AllAtOnceAsync(i => world.InAsync((CreateAccount create) => create.RunAsync(people[i].Id, "liufang", Setup, Ct)));
        var codes = await AllAtOnceAsync(i => world.InAsync((CreateUnit create) =>
            create.RunAsync(new UnitDetails("N1", $"Unit {i}", UnitKind.Department), null, Access.OfSystem(Setup), Ct)));

        Assert.Equal((1, 1), (names.Count(code => code is null), codes.Count(code => code is null)));
        Assert.All(names.OfType<string>(), code => Assert.Contains(code, new[] { "taken", "account.name-taken" }));
        Assert.All(codes.OfType<string>(), code => Assert.Contains(code, new[] { "taken", "unit.code-taken" }));
    }

    [Theory, EveryDatabase]
    public async Task A_name_that_was_free_when_someone_looked_is_taken_when_they_save(string database)
    {
        await using var world = await World.CreateAsync(database);
        var top = await world.HaveUnitAsync("R");
        await world.HaveAsync(new UnitAlias { UnitId = top.Id, Text = "one" });

        var no = await Assert.ThrowsAsync<Refusal>(() => world.HaveAsync(new UnitAlias { UnitId = top.Id, Text = "one" }));

        Assert.Equal(("taken", 409), (no.Code, no.Status));
        Assert.Equal(1, await world.InAsync((Db db) => db.Aliases().CountAsync(Ct)));
    }

    private static async Task<int> CountPreviewsAsync(World world, List<(Guid Id, Access By)> previews)
    {
        var left = 0;
        foreach (var (id, by) in previews)
        {
            left += await world.InAsync((Db db) => db.ImportDraftsFor(by).CountAsync(draft => draft.Id == id, Ct));
        }

        return left;
    }

    /// <returns>For each try the code of its refusal; <see langword="null"/> for what was done. Any other exception fails the test.</returns>
    private static Task<string?[]> AllAtOnceAsync(Func<int, Task> act)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tries = Enumerable.Range(0, AtOnce).Select(i => Task.Run(async () =>
        {
            await go.Task;
            try
            {
                await act(i);
                return null;
            }
            catch (Refusal no)
            {
                return no.Code;
            }
        })).ToArray();
        go.SetResult();
        return Task.WhenAll(tries);
    }
}
