document.write('<script src="/dist/diary-feed.min.js"></script>');
document.write('<diary-feed src="/feed-server/feed?items=3"><a href="https://dagbok.example/">');
document.write('Dagboken</a></diary-feed>');
