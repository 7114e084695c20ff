using Microsoft.AspNetCore.Diagnostics;

namespace Rectify.Platform.Web;

/// <summary>Turns what a page threw into a status; the error page with words follows from it. The API has problem answers instead.</summary>
internal sealed partial class PageFaults(ILogger<PageFaults> log) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken ct)
    {
        if (WebRoom.IsApi(http))
        {
            return new(false);
        }

        http.Items[typeof(Refusal)] = exception as Refusal;
        http.Response.StatusCode = exception switch
        {
            Refusal refusal => refusal.Status,
            BadHttpRequestException bad => bad.StatusCode,
            _ => StatusCodes.Status500InternalServerError,
        };
        if (http.Response.StatusCode == StatusCodes.Status500InternalServerError)
        {
            LogBug(http.Request.Method, http.Request.Path, http.TraceIdentifier, exception);
        }

        return new(true);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} ({Number}) ended in an error that nobody foresaw")]
    private partial void LogBug(string method, string path, string number, Exception exception);
}
