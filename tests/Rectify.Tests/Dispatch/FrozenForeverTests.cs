using CsCheck;
using Microsoft.EntityFrameworkCore;
using Rectify.Dispatch;
using Rectify.Evidence;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Evidence;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Dispatch;

/// <summary>Whatever anybody does after a round was closed, in whatever order: what was frozen stays, and its hash with it.</summary>
public sealed class FrozenForeverTests
{
    private enum Deed { Measure, Void, MoveDeadline, Complete, Reopen, WithdrawProof, ReplaceProof, Reword, DaysLater, NextRound, Correct, CloseAgain, SaveClosed, Check, ClockBack }

    [Theory, EveryDatabase]
    public async Task No_act_after_closing_changes_a_frozen_row(string database)
    {
        var runs = new List<Deed[]> { Enum.GetValues<Deed>() };
        Gen.Enum<Deed>().Array[4, 12].Sample(deeds => runs.Add(deeds), iter: 2, threads: 1);
        foreach (var deeds in runs)
        {
            await using var world = await World.CreateAsync(database);
            var r = await Reporting.HaveAsync(world);
            var march = await r.OpenAsync(world, new(2026, 3, 31));
            var proof = await EvidenceTests.AddAsync(world, r.People["c1"], "photo"u8.ToArray(), new("Photo", PieceKind.Photo), r.Tasks[0].Id);
            await r.ReportAsync(world, march, "C1", 35, line => line.Figures.Count == 0 ? line : line with { Evidence = [proof] });
            await r.CloseAsync(world, march);
            var frozen = await FrozenAsync(world, march);
            Assert.Equal(7, frozen.Count); // five lines, and the figures of C1 and P1

            foreach (var deed in deeds)
            {
                await DoAsync(world, r, march, proof, deed);

                Assert.Equal(frozen, await FrozenAsync(world, march));
                Assert.Equal(FrozenResult.Intact, await world.InAsync((Db db) => CheckFrozen.ReadAsync(db, march, Ct)));
            }
        }
    }

    // What is refused changes nothing either.
    private static async Task DoAsync(World world, Reporting r, Guid march, Guid proof, Deed deed)
    {
        try
        {
            var today = world.Clock.Today;
            await (deed switch
            {
                Deed.Measure => RecordAsync(r.Plants, new(FactKind.Measured, new(2026, 3, 26), Value: 12)),
                Deed.Void => world.InAsync(async (IServiceProvider services) =>
                {
                    var db = (Db)services.GetService(typeof(Db))!;
                    if (await db.ItemFacts().AsNoTracking().Where(one => one.VoidedAt == null).OrderBy(one => one.Id).FirstOrDefaultAsync(Ct) is { } fact)
                    {
                        await ((VoidFact)services.GetService(typeof(VoidFact))!).RunAsync(fact.Id, "wrong", r.Office, Ct);
                    }
                }),
                Deed.MoveDeadline => Decided.MoveDeadlineAsync(world, r.Tasks[0].Id, today, today.AddDays(-5), r.Office),
                Deed.Complete => RecordAsync(r.Tasks[0], new(FactKind.Completed, today)),
                Deed.Reopen => RecordAsync(r.Tasks[0], new(FactKind.Reopened, today, Note: "it came back")),
                Deed.WithdrawProof => world.InAsync((WithdrawEvidence withdraw) => withdraw.RunAsync(proof, "wrong", 1, r.People["c1"], Ct)),
                Deed.ReplaceProof => ReplaceAsync(),
                Deed.Reword => world.InAsync(async (IServiceProvider services) =>
                {
                    var db = (Db)services.GetService(typeof(Db))!;
                    var version = await db.ItemsFor(r.Office, Rectify.Organisation.Right.Read).Where(item => item.Id == r.Tasks[0].Id).Select(item => item.Version).SingleAsync(Ct);
                    await ((ChangeItemWords)services.GetService(typeof(ChangeItemWords))!).RunAsync(r.Tasks[0].Id, version, "New title", "New text.", "", r.Office, Ct);
                }),
                Deed.NextRound => r.OpenAsync(world, today),
                Deed.Correct => CorrectAsync(),
                Deed.CloseAgain => r.CloseAsync(world, march),
                Deed.SaveClosed => r.FillAsync(world, march, "C1", 90),
                Deed.Check => world.InAsync((CheckFrozen check) => check.RunAsync(Ct)),
                Deed.DaysLater => Task.Run(() => world.Clock.Advance(TimeSpan.FromDays(20))),
                Deed.ClockBack => Task.Run(() => world.Clock.AdjustTime(world.Clock.GetUtcNow().AddDays(-10))),
                _ => throw new InvalidOperationException(),
            });
        }
        catch (Refusal)
        {
            // A rule said no: the rows are compared all the same.
        }

        Task RecordAsync(Item item, StatedFact fact) => world.InAsync((RecordFacts record) => record.RunAsync(item.Id, [fact], r.Office, Ct));

        async Task ReplaceAsync()
        {
            var upload = await EvidenceTests.UploadAsync(world, r.People["c1"], "another photo"u8.ToArray());
            await world.InAsync((AddEvidenceVersion add) => add.RunAsync(proof, upload, "sharper", 1, r.People["c1"], Ct));
        }

        async Task CorrectAsync()
        {
            var next = await world.InAsync((Db db) => db.RoundsFor(r.Office).Where(round => round.State == RoundState.Open).Select(round => (Guid?)round.Id).FirstOrDefaultAsync(Ct));
            if (next is { } round && (await r.ReturnAsync(world, round, "C1")).State is ReturnState.Draft)
            {
                await r.ReportAsync(world, round, "C1", 50, line => line with { Figures = [.. line.Figures.Select(one => one with { Reason = "so it is", Corrects = 20, CorrectsReason = "counted twice" })] });
            }
        }
    }

    private static Task<List<string>> FrozenAsync(World world, Guid round) => world.InAsync(async (Db db) => (List<string>)
    [
        .. (await db.FrozenLines().AsNoTracking().Where(line => line.RoundId == round).ToListAsync(Ct)).Select(line => line.ToText()).Order(StringComparer.Ordinal),
        .. (await db.FrozenFigures().AsNoTracking().Where(figure => figure.RoundId == round).ToListAsync(Ct)).Select(figure => figure.ToText()).Order(StringComparer.Ordinal),
    ]);
}
