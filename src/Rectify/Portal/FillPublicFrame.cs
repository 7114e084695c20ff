using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Rectify.Notices;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Platform.Web;

namespace Rectify.Portal;

/// <summary>The parts of the programme that a public page belongs to, by its address: a programme's code, or a notice of it.</summary>
internal sealed class FillPublicFrame(PublicSite site, Db db, Words words) : IFillPublicFrame
{
    private static readonly string[] Parts = ["progress", "items", "notices", "closures", "plan", "data"];

    public async ValueTask FillAsync(PublicFrame frame, HttpContext http, CancellationToken ct)
    {
        var path = http.Asked;
        if (path.Value?.Split('/') is [_, "public", { Length: > 0 } code, .. var rest])
        {
            var programmes = await site.ProgrammesAsync(ct);
            var programme = code == "notices" && rest is [var text, ..] && Guid.TryParse(text, out var notice)
                ? await db.PublishedNotices().Where(one => one.PublicId == notice).Select(one => (Guid?)one.ProgrammeId).SingleOrDefaultAsync(ct) is { } id ? programmes.Find(one => one.ProgrammeId == id) : null
                : programmes.Find(one => one.Code == code);
            if (programme is not null)
            {
                Fill(frame, programme, code == "notices" ? $"/public/{programme.Code}/notices" : path);
            }
        }

        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            foreach (var programme in await site.ProgrammesAsync(ct))
            {
                frame.Programmes.Add(new(programme.Title, $"/public/{programme.Code}", $"/public/{programme.Code}/items"));
            }
        }

        frame.Foot.Add(new("objection.look-up", "/public/objections"));
        frame.Foot.Add(new("public.answers", "/public/answers"));
    }

    private void Fill(PublicFrame frame, PublicProgramme programme, PathString path)
    {
        var home = $"/public/{programme.Code}";
        (frame.Title, frame.Home) = (programme.Title, home);
        foreach (var key in Parts.Where(key => key != "plan" || programme.PlanText.Length > 0))
        {
            frame.Parts.Add(new($"public.nav.{key}", key == "progress" ? home : $"{home}/{key}"));
        }

        frame.Current = frame.Parts.Select(part => part.Href).Where(href => path == href || (href != home && path.StartsWithSegments(href))).MaxBy(href => href.Length);
        if (programme.Host.Length > 0)
        {
            frame.Lines.Add(words["public.host", programme.Host]);
        }

        if (programme.Hotline.Length > 0)
        {
            frame.Lines.Add(words["public.hotline", programme.Hotline]);
        }

        frame.Foot.Add(new("public.subscribe", $"{home}/data#feeds"));
        frame.Foot.Add(new("public.report", $"{home}/error"));
        frame.Foot.Add(new("public.all", "/public"));
    }
}
