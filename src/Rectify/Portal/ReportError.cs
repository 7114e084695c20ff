using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Procedures;

namespace Rectify.Portal;

/// <summary>Somebody without an account says that a public page is wrong.</summary>
public sealed class ReportError(Db db, JournalWriter journal, TimeProvider clock)
{
    private static readonly Actor Public = Actor.System("public");

    /// <summary>Reports of one programme that may wait for an answer at a time: beyond, somebody is filling the list.</summary>
    private const int MostWaiting = 1_000;

    /// <param name="item">The item's public id; <see langword="null"/> for the programme's pages.</param>
    /// <returns>The receipt with which the answer is read.</returns>
    /// <exception cref="Refusal">404: nothing public there. 409: too many wait. 422: nothing said, or too much.</exception>
    public async Task<string> RunAsync(string code, Guid? item, string text, string contact, CancellationToken ct)
    {
        var programme = await db.PublicProgrammes().SingleOrDefaultAsync(open => open.Code == code, ct) ?? throw Refusal.NotFound("publication", code);
        var publication = item is null ? null : await db.PublicFor().SingleOrDefaultAsync(one => one.PublicId == item && one.ProgrammeId == programme.ProgrammeId, ct) ?? throw Refusal.NotFound("publication", item);
        var report = ErrorReport.Create(programme.ProgrammeId, publication?.Id, text, contact, clock.NowMs);
        var system = Access.OfSystem(Public);
        if (await db.ErrorReportsFor(system).CountAsync(one => one.ProgrammeId == programme.ProgrammeId && one.State == ErrorReportState.Waiting, ct) >= MostWaiting)
        {
            throw Refusal.Conflict("portal.reports-full", "More reports wait than can be answered. Telephone instead.");
        }

        db.Add(report);
        await journal.CommitAsync(new ErrorReported { Subject = report.Id, By = Public, At = report.At, Programme = programme.Code }, ct);
        return report.Receipt;
    }
}

/// <summary>The office answers a report.</summary>
public sealed class AnswerErrorReport(Db db, JournalWriter journal, TimeProvider clock)
{
    /// <exception cref="Refusal">404: no such report of the programme. 403: another office's. 409: answered already. 422: no answer.</exception>
    public async Task RunAsync(string code, Guid id, string answer, Access by, CancellationToken ct)
    {
        var programme = await SetProcedure.ProgrammeAsync(db, code, by, ct);
        var report = await db.ErrorReportsFor(by).SingleOrDefaultAsync(one => one.Id == id && one.ProgrammeId == programme.Id, ct) ?? throw Refusal.NotFound("error-report", id);
        report.Reply(answer, clock.NowMs);
        await journal.CommitAsync(new ErrorAnswered { Subject = report.Id, By = by.Actor, At = report.AnsweredAt!.Value, Programme = programme.Code }, ct);
    }
}
