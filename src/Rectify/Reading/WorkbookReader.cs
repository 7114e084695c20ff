namespace Rectify.Reading;
internal sealed class WorkbookReader(Package package, Draft draft) { public SourceDocument Read() => throw draft.No(package.MainPath); }
