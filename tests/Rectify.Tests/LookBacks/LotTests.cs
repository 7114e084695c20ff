using System.Diagnostics;
using System.Text.RegularExpressions;
using CsCheck;
using Rectify.LookBacks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.LookBacks;

/// <summary>The draw as anyone recomputes it, and the periods of checks.</summary>
public sealed class LotTests
{
    private static readonly Gen<Lot.Candidate> Candidates =
        Gen.Select(Gen.Int[0, 2].Select(i => new[] { "-", "P01", "3" }[i]), Gen.String[Gen.Char["ABCDEFabcdef0123456789-_"], 22, 22]).Select(one => new Lot.Candidate(one.Item1, one.Item2));

    [Fact]
    public void The_order_in_which_candidates_came_changes_nothing_and_more_draws_keep_those_drawn() =>
        Gen.Select(Candidates.List[1, 40], Gen.String[1, 20], Gen.Int[1, 12], Gen.Int[0, 1_000]).Sample((candidates, seed, each, turn) =>
        {
            var (all, turned) = (candidates.Distinct().ToList(), candidates.OrderBy(one => HashCode.Combine(one.Id, turn)).ToList());
            var (lots, more) = (Lot.Draw(seed, candidates, each), Lot.Draw(seed, candidates, each + 1));

            Assert.Equal(Lot.List(candidates), Lot.List(turned));
            Assert.Equal(lots, Lot.Draw(seed, turned, each));
            Assert.Equal(lots, Lot.Draw(seed, Lot.Read(Lot.List(candidates)), each));
            Assert.Equal(all.Count, lots.Count);
            Assert.Subset(more.Where(one => one.Drawn).Select(one => one.Candidate).ToHashSet(), lots.Where(one => one.Drawn).Select(one => one.Candidate).ToHashSet());
            Assert.All(lots.GroupBy(one => one.Candidate.Part), part => Assert.Equal(Math.Min(each, part.Count()), part.Count(one => one.Drawn)));

            // A candidate's lot is its own: whoever else stands in the list has no part in it.
            Assert.All(lots, one => Assert.Equal(one.Number, Lot.Draw(seed, [one.Candidate], 1).Single().Number));
        }, iter: 200);

    [Fact]
    public void Each_candidate_is_drawn_about_equally_often()
    {
        const int Seeds = 4_000;
        var candidates = Enumerable.Range(0, 20).Select(i => new Lot.Candidate(Lot.Whole, $"candidate-{i:00}-aaaaaaaaa")).ToList();
        var drawn = Enumerable.Range(0, Seeds).SelectMany(i => Lot.Draw($"{i:00000} + 07", candidates, 5).Where(one => one.Drawn)).CountBy(one => one.Candidate.Id).ToList();

        // A quarter of 4,000 with a standard deviation of 27.4: five of them.
        Assert.Equal(20, drawn.Count);
        Assert.All(drawn, one => Assert.InRange(one.Value, 1_000 - 137, 1_000 + 137));
    }

    [Fact]
    public async Task The_documented_recipe_gives_the_same_with_a_shell_alone()
    {
        var folder = Directory.CreateTempSubdirectory("rectify-draw").FullName;
        var candidates = Enumerable.Range(0, 60).Select(i => new Lot.Candidate(i % 3 == 0 ? "P01" : "-", Lot.Hex($"{i}")[..22].Replace('0', i % 2 == 0 ? '-' : '_'))).ToList();
        var (seed, list) = ("双色球 2026032 期：05 12'23 28 %s \\n 31 + 09", Lot.List(candidates));
        await File.WriteAllTextAsync(Path.Combine(folder, "list.txt"), list, Ct);
        var recipe = Regex.Match(await File.ReadAllTextAsync(Path.Combine(Tree.Root, "docs/formats/draw.md"), Ct), "```sh\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        foreach (var part in new[] { "-", "P01" })
        {
            var start = new ProcessStartInfo("sh") { WorkingDirectory = folder, RedirectStandardOutput = true };
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(recipe);
            (start.Environment["seed"], start.Environment["part"], start.Environment["n"]) = (seed, part, "7");
            using var shell = Process.Start(start)!;
            var lines = (await shell.StandardOutput.ReadToEndAsync(Ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            await shell.WaitForExitAsync(Ct);

            Assert.Equal($"{Lot.Hex(list)}  list.txt", lines[0]);
            Assert.Equal(Lot.Draw(seed, candidates, 7).Where(one => one.Drawn && one.Candidate.Part == part).Select(one => $"{one.Number} {one.Candidate.Id}"), lines[1..]);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_period_that_runs_ends_today_or_later_and_began_before() =>
        Gen.Select(Gen.Int[0, 4_000], Gen.Int[1, 24], Gen.Int[0, 4_000]).Sample((closed, months, days) =>
        {
            var since = new DateOnly(2016, 2, 29).AddDays(closed);
            var today = since.AddDays(days);
            var due = CheckRules.DueAt(since, months, today);
            var all = CheckRules.DueBetween(since, months, since, due).ToList();

            Assert.True(due >= today && due > since);
            Assert.Equal(due, all[^1]);
            Assert.True(all.Count == 1 || all[^2] < today);
            Assert.Equal(Enumerable.Range(1, all.Count).Select(i => since.AddMonths(i * months)), all);
        }, iter: 500);

    [Fact]
    public void A_check_is_done_only_after_it_was_handed_in_and_what_is_over_stays_over() =>
        Gen.Enum<CheckStep>().Array[0, 30].Sample(steps =>
        {
            var visited = new List<CheckState> { CheckState.Open };
            foreach (var step in steps)
            {
                if (CheckFlow.Next(visited[^1], step) is { } to)
                {
                    Assert.True(CheckFlow.IsWaiting(visited[^1]));
                    visited.Add(to);
                }
            }

            return visited[^1] is not CheckState.Done || visited is [.., CheckState.HandedIn, CheckState.Done];
        }, iter: 200);
}
