using Rectify.Dispatch;

namespace Rectify.Workbooks;

/// <summary>All that Program.cs needs to know of this room.</summary>
internal static class WorkbooksRoom
{
    public static void AddWorkbooks(this IServiceCollection services)
    {
        services.AddScoped<TakeWorkbook>();
        services.AddScoped<IReturnLink, WorkbookLink>();
    }
}

/// <summary>The way from a return to its workbook, for whoever may fill it in now.</summary>
internal sealed class WorkbookLink : IReturnLink
{
    public string TextKey => "workbook.link";

    public string? Href(ReturnView view) => view.MayWrite ? $"/returns/{view.Return.Id}/workbook" : null;
}
