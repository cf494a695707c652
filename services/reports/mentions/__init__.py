"""Articles that mention what machines coded from the news: how widely it was told, and by whom. They support nothing (R8)."""
